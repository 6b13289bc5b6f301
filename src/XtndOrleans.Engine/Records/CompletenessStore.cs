using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Keeps the last comparison of the store's own count with ours.</summary>
internal sealed class CompletenessStore(NpgsqlDataSource database)
{
    /// <summary>Saves a comparison in place of the one before. The difference is not saved: it is what the two counts say.</summary>
    /// <exception cref="ArgumentException">Nothing was compared.</exception>
    public async Task Save(EntityId id, CompletenessView view, CancellationToken cancellationToken = default)
    {
        if (view is not { StoreTotal: { } total, CheckedAt: { } checkedAt })
        {
            throw new ArgumentException("A comparison has the store's count and a time.", nameof(view));
        }

        await using var command = database.CreateCommand("""
            INSERT INTO xtnd.completeness (tenant_id, connection_id, entity, held, store_total, quarantined, checked_at, up_to_id, state, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE
            SET held = excluded.held, store_total = excluded.store_total, quarantined = excluded.quarantined, checked_at = excluded.checked_at,
                up_to_id = excluded.up_to_id, state = excluded.state, note = excluded.note
            """);
        command.Parameters.Fill(
            id, view.Held, total, view.Quarantined, checkedAt.ToUniversalTime(), Sql.Optional(view.Window?.UpToId), view.State, Sql.Optional(StorableText.Of(view.Note)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
