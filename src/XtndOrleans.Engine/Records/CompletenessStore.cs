using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Keeps the last comparison of the store's own count with ours.</summary>
internal sealed class CompletenessStore(NpgsqlDataSource database)
{
    /// <summary>Saves a comparison in place of the one before. The difference is not saved: it is what the two counts say.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="run">The run that has compared.</param>
    /// <param name="epoch">Its loop's right to write: one that hung must not put what it once saw in the place of what is.</param>
    /// <param name="view">The comparison.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">Nothing was compared.</exception>
    /// <exception cref="FencedException">The run or its epoch is not the current one; nothing was written.</exception>
    public async Task Save(EntityId id, Guid run, long epoch, CompletenessView view, CancellationToken cancellationToken = default)
    {
        if (view is not { StoreTotal: { } total, CheckedAt: { } checkedAt })
        {
            throw new ArgumentException("A comparison has the store's count and a time.", nameof(view));
        }

        await using var command = database.CreateCommand("""
            WITH mine AS (
                SELECT entity FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND run_id = $11 AND epoch = $12 FOR NO KEY UPDATE)
            INSERT INTO xtnd.completeness (tenant_id, connection_id, entity, held, store_total, quarantined, checked_at, up_to_id, state, note)
            SELECT $1, $2, mine.entity, $4, $5, $6, $7, $8::text, $9, $10::text FROM mine
            ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE
            SET held = excluded.held, store_total = excluded.store_total, quarantined = excluded.quarantined, checked_at = excluded.checked_at,
                up_to_id = excluded.up_to_id, state = excluded.state, note = excluded.note
            """);
        command.Parameters.Fill(
            id, view.Held, total, view.Quarantined, checkedAt.ToUniversalTime(), Sql.Optional(view.Window?.UpToId), view.State, Sql.Optional(StorableText.Of(view.Note)),
            run, epoch);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new FencedException(id);
        }
    }
}
