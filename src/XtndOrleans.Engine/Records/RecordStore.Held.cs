using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>What is held; tombstones are not. By numbers: records whose id is none are left out.</summary>
internal sealed partial class RecordStore
{
    // The cast is in a CASE, because nothing else keeps it from being tried on an id that is no number.
    const string Numeric = "CASE WHEN external_id ~ '^[0-9]{1,18}$' THEN external_id::bigint END";
    const string Held = "WHERE tenant_id = $1 AND connection_id = $2 AND deleted_at IS NULL";

    /// <summary>How many of some records are held.</summary>
    public async Task<long> CountHeldOf(EntityId id, IReadOnlyList<string> externalIds, CancellationToken cancellationToken) => (await database.Rows(
        $"SELECT count(*) FROM {RecordTable.Of(id.Entity).Name} {Held} AND external_id = ANY($3)",
        [
            Uuid(id.Connection.Tenant), Uuid(id.Connection.Connection),
            new NpgsqlParameter<string[]> { TypedValue = [.. externalIds], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        ],
        row => row.GetInt64(0), cancellationToken))[0];

    /// <summary>The ids that are held above <paramref name="after"/> and up to <paramref name="upTo"/>, ascending. Reads the whole connection.</summary>
    public async Task<IReadOnlyList<long>> HeldIds(EntityId id, long after, long upTo, CancellationToken cancellationToken) => await database.Rows(
        $"""
        SELECT number FROM (SELECT {Numeric} AS number FROM {RecordTable.Of(id.Entity).Name} {Held}) held WHERE number > $3 AND number <= $4 ORDER BY number
        """,
        [Uuid(id.Connection.Tenant), Uuid(id.Connection.Connection), Bigint(after), Bigint(upTo)], row => row.GetInt64(0), cancellationToken);

    /// <summary>
    /// The highest id that was ever held, a tombstone's included; null when there was none. The cursor knows it: every changed delta asks, and the records would
    /// have to be read for it.
    /// </summary>
    public async Task<string?> HighestId(EntityId id, CancellationToken cancellationToken) => (await database.Rows(
        "SELECT highest_id::text FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3",
        [Uuid(id.Connection.Tenant), Uuid(id.Connection.Connection), Text(id.Entity)], row => row.Text(0), cancellationToken)).FirstOrDefault();

    /// <summary>As <see cref="Numeric"/>: an id of other signs, or of more than 18 digits, is no number.</summary>
    static long? HighestOf(IReadOnlyList<StoreRecord> records)
    {
        long? highest = null;
        foreach (var record in records)
        {
            if (record.ExternalId.Length <= 18 && long.TryParse(record.ExternalId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && !(number <= highest))
            {
                highest = number;
            }
        }

        return highest;
    }
}
