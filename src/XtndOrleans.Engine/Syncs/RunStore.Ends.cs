using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>How runs end.</summary>
internal sealed partial class RunStore
{
    /// <summary>
    /// A sweep that ends without its end would be due at once again. A run that no loop has taken holds no cursor and is a sweep all the same. $4 run, $5 epoch,
    /// $6 now, $7 due.
    /// </summary>
    const string Postpone = """
        UPDATE xtnd.cursor c SET sweep_due_at = $7
        FROM xtnd.run r
        WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3 AND c.sweep_due_at <= $6 AND ($5 IS NULL OR (c.epoch = $5 AND c.run_id = $4))
            AND r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4 AND r.mode = 'full' AND r.state IN ('queued', 'running')
        """;

    /// <summary>Closes the window of a run that has read and reckoned: it has succeeded, and the watermark moves. Throws <see cref="FencedException"/>.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="run">The run.</param>
    /// <param name="epoch">The loop's right to write.</param>
    /// <param name="sweepDueAt">When the next full read is due. Only a full one sets it, and not when another became due meanwhile: the credentials changed.</param>
    /// <param name="traffic">Requests not yet counted.</param>
    /// <param name="now">The time, by our clock.</param>
    public async Task Close(EntityId id, Guid run, long epoch, DateTimeOffset? sweepDueAt, RunTraffic traffic, DateTimeOffset now)
    {
        await using var batch = database.CreateBatch();
        Add(batch, PageStatement.Fence, id, run, epoch);
        Add(
            batch,
            """
            WITH ended AS (
                UPDATE xtnd.run SET state = 'succeeded', finished_at = $5, requests = requests + $7, retries = retries + $8
                WHERE tenant_id = $1 AND connection_id = $2 AND id = $4
                RETURNING coalesce(started_at, queued_at) AS began_at, mode
            )
            UPDATE xtnd.cursor c SET
                run_id = NULL, after_id = NULL, phase = 'read', changed_since = NULL, watermark = coalesce(c.next_watermark, c.watermark), next_watermark = NULL,
                fresh_at = e.began_at, swept_at = CASE WHEN e.mode = 'full' THEN e.began_at ELSE c.swept_at END,
                sweep_due_at = CASE WHEN e.mode = 'full' AND NOT coalesce(c.sweep_due_at > e.began_at AND c.sweep_due_at <= $5, false) THEN $6 ELSE c.sweep_due_at END
            FROM ended e WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
            """,
            id, run, now, Sql.Optional(sweepDueAt), traffic.Requests, traffic.Retries);
        Add(batch, PageStatement.Close, id, run, now);
        await batch.ExecuteNonQueryAsync().Fenced(id);
    }

    /// <summary>
    /// Ends the run without closing its window: the watermark stays, and so the next delta begins where this one would have. No effect when another loop has
    /// taken over.
    /// </summary>
    /// <param name="id">The entity.</param>
    /// <param name="run">The run.</param>
    /// <param name="epoch">The loop's right to write; null for whoever holds it.</param>
    /// <param name="state">failed or cancelled.</param>
    /// <param name="error">Why.</param>
    /// <param name="traffic">Requests not yet counted.</param>
    /// <param name="now">The time, by our clock.</param>
    /// <param name="sweepDueAt">When the sweep is due again if this run was a full one and the sweep is due now; null leaves it.</param>
    public async Task<bool> End(
        EntityId id, Guid run, long? epoch, string state, RunError? error, RunTraffic traffic, DateTimeOffset now, DateTimeOffset? sweepDueAt = null)
    {
        await using var batch = database.CreateBatch();
        Add(batch, CursorLock.Take, id);
        if (sweepDueAt is { } dueAt)
        {
            Add(batch, Postpone, id, run, Sql.Optional(epoch), now, dueAt);
        }

        Add(
            batch,
            """
            WITH mine AS (
                UPDATE xtnd.cursor SET run_id = NULL, after_id = NULL, next_watermark = NULL, changed_since = NULL, phase = 'read', epoch = epoch + 1
                WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND run_id = $4 AND ($5 IS NULL OR epoch = $5)
                RETURNING entity
            ), forgotten AS (
                DELETE FROM xtnd.sweep_page s
                WHERE s.tenant_id = $1 AND s.connection_id = $2 AND s.entity = $3 AND s.run_id = $4 AND ((SELECT count(*) FROM mine) > 0 OR $5 IS NULL)
            )
            UPDATE xtnd.run SET state = $6, finished_at = $7, error_code = $8, error_message = $9, error_cure = $10,
                requests = requests + $11, retries = retries + $12
            WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND id = $4 AND state IN ('queued', 'running')
                AND ((SELECT count(*) FROM mine) > 0 OR $5 IS NULL)
            """,
            id, run, Sql.Optional(epoch), state, now, Sql.Optional(error?.Code), Sql.Optional(error?.Message), Sql.Optional(error?.Cure), traffic.Requests, traffic.Retries);
        await batch.ExecuteNonQueryAsync();
        return batch.BatchCommands[^1].RecordsAffected == 1;
    }

    /// <summary>Notes the wish to cancel. The loop ends the run; a run without a loop is ended by the next one that takes it over.</summary>
    public async Task<bool> AskCancel(EntityId id, Guid run)
    {
        await using var command = Command(
            """
            UPDATE xtnd.run SET cancel_asked = true
            WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND id = $4 AND state IN ('queued', 'running')
            """,
            id, run);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>The connection goes: no loop may write any more, whatever it believes.</summary>
    public async Task EndForGood(EntityId id, DateTimeOffset now)
    {
        await using var batch = database.CreateBatch();
        Add(batch, CursorLock.Take, id);
        Add(
            batch,
            """
            WITH fenced AS (
                UPDATE xtnd.cursor SET epoch = epoch + 1, run_id = NULL WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3
            )
            UPDATE xtnd.run SET state = 'cancelled', finished_at = $4
            WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND state IN ('queued', 'running')
            """,
            id, now);
        await batch.ExecuteNonQueryAsync();
    }
}
