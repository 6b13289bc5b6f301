using Npgsql;

namespace XtndOrleans.Engine.Records;

/// <summary>A record that the store could not deliver or that could not be read.</summary>
/// <param name="ExternalId">The store's id.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Code">Stable name of the reason.</param>
/// <param name="Reason">What happened, in words.</param>
/// <param name="Reply">What the store said, shortened and redacted; null when nothing.</param>
/// <param name="FirstSeenAt">When it was first set aside.</param>
/// <param name="TriedAt">When it was last tried.</param>
/// <param name="Attempts">How many runs tried in vain.</param>
/// <param name="State">open, or resolved: it was read after all, or is gone.</param>
public sealed record QuarantineView(
    string ExternalId, string Entity, string Code, string Reason, string? Reply, DateTimeOffset FirstSeenAt, DateTimeOffset TriedAt, int Attempts, string State)
{
    internal const string Columns = "external_id, entity, code, reason, reply, first_seen_at, tried_at, attempts, resolved_at IS NULL";

    internal static QuarantineView Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4), row.GetFieldValue<DateTimeOffset>(5),
        row.GetFieldValue<DateTimeOffset>(6), row.GetInt32(7), row.GetBoolean(8) ? "open" : "resolved");
}
