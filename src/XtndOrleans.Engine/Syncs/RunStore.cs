using Npgsql;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>All SQL that begins, takes over and ends runs. This part begins and takes over. The pages between are written by the record store.</summary>
internal sealed partial class RunStore(NpgsqlDataSource database, TimeProvider clock)
{
    const int RaceAttempts = 3;

    /// <summary>
    /// Saves a queued run, or finds the one that is under way, or that has answered the same slot already. Null when the connection is not ready for one.
    /// Two starts at once end in one run: the unique index on active runs decides.
    /// </summary>
    public async Task<(Guid Id, bool Joined)?> Begin(EntityId id, RunRequest request, DateTimeOffset now)
    {
        // A start that loses the race cannot see the winner's run in its own snapshot. The next statement can.
        for (var attempt = 1; attempt < RaceAttempts; attempt++)
        {
            if (await BeginOnce(id, request, now) is { } begun)
            {
                return begun;
            }
        }

        return await BeginOnce(id, request, now);
    }

    async Task<(Guid Id, bool Joined)?> BeginOnce(EntityId id, RunRequest request, DateTimeOffset now)
    {
        await using var command = Command(
            $"""
            WITH ready AS (
                SELECT tenant_id, id FROM xtnd.connection
                WHERE tenant_id = $1 AND id = $2 AND {ConnectionRow.IsReady}
                FOR SHARE
            ), answered AS (
                SELECT id FROM (
                    SELECT id, trigger, queued_at FROM xtnd.run
                    WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3
                    ORDER BY id DESC LIMIT 5
                ) recent
                WHERE trigger <> 'manual' AND queued_at >= $10
                ORDER BY id DESC LIMIT 1
            ), begun AS (
                INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, since, state, queued_at, confirm_deletions)
                SELECT ready.tenant_id, ready.id, $4, $3,
                    CASE WHEN $5 = 'full' OR (c.watermark IS NULL AND $7 IS NULL) THEN 'full' ELSE 'incremental' END,
                    $6, $7, 'queued', $8, $9
                FROM ready LEFT JOIN xtnd.cursor c ON c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
                WHERE NOT EXISTS (SELECT FROM answered)
                ON CONFLICT (tenant_id, connection_id, entity) WHERE state IN ('queued', 'running') DO NOTHING
                RETURNING id
            )
            SELECT begun.id, false FROM begun
            UNION ALL
            SELECT run.id, true FROM xtnd.run WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND state IN ('queued', 'running')
            UNION ALL
            SELECT answered.id, true FROM answered
            LIMIT 1
            """,
            id, Guid.CreateVersion7(now), Sql.Optional(request.Mode), request.Trigger, Sql.Optional(request.Since), now, request.ConfirmDeletions, Sql.Optional(request.DueAt));
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.GetGuid(0), reader.GetBoolean(1)) : null;
    }

    /// <summary>Whether a store may be read now.</summary>
    public async Task<bool> MayRead(ConnectionId connection, CancellationToken cancellationToken)
    {
        var ready = await database.Rows(
            $"SELECT 1 FROM xtnd.connection WHERE tenant_id = $1 AND id = $2 AND {ConnectionRow.IsReady}",
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }], row => row.GetInt32(0), cancellationToken);
        return ready.Count > 0;
    }

    /// <summary>The run that is under way, or null.</summary>
    public async Task<RunView?> Active(EntityId id) => await One("state IN ('queued', 'running')", id);

    public async Task<RunView?> Find(EntityId id, Guid run) => await One("id = $4", id, run);

    /// <summary>
    /// Takes the run over for one loop: a new epoch, so that no other loop can write any more, and the cursor at the page after the last commit; at the start
    /// of a new run the window is opened. Null when the run ended or was cancelled meanwhile.
    /// </summary>
    public async Task<CursorPosition?> TakeOver(EntityId id, Guid run, SyncOptions options, DateTimeOffset now)
    {
        // One round trip is one transaction: a silo that freezes or vanishes here keeps nobody from the cursor.
        await using var batch = database.CreateBatch();
        Add(batch, CursorLock.Take, id);
        Add(
            batch,
            """
            WITH wanted AS (
                SELECT id, mode, since, confirm_deletions FROM xtnd.run
                WHERE tenant_id = $1 AND connection_id = $2 AND id = $4 AND state IN ('queued', 'running') AND NOT cancel_asked
                FOR NO KEY UPDATE
            ), taken AS (
                UPDATE xtnd.cursor c SET
                    epoch = c.epoch + 1,
                    run_id = r.id,
                    after_id = CASE WHEN c.run_id = r.id THEN c.after_id END,
                    phase = CASE WHEN c.run_id = r.id THEN c.phase ELSE 'read' END,
                    next_watermark = CASE WHEN c.run_id = r.id THEN c.next_watermark END,
                    changed_since = CASE WHEN c.run_id = r.id THEN c.changed_since WHEN r.mode = 'incremental' THEN coalesce(r.since, CASE WHEN c.watermark <= $7 THEN c.watermark - $5 END) END
                FROM wanted r
                WHERE c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = $3
                RETURNING c.epoch, c.after_id, c.changed_since, c.next_watermark, c.watermark,
                    -- The address changed after the run was asked for, or the watermark is not believed: what reads everything is a full run.
                    CASE WHEN c.changed_since IS NULL THEN 'full' ELSE r.mode END AS mode, c.phase, c.page_size, r.confirm_deletions
            ), begun AS (
                UPDATE xtnd.run SET state = 'running', mode = taken.mode, started_at = coalesce(started_at, $6), resumes = resumes + CASE WHEN state = 'running' THEN 1 ELSE 0 END
                FROM taken WHERE tenant_id = $1 AND connection_id = $2 AND id = $4
            )
            SELECT * FROM taken
            """,
            id, run, options.Overlap, now, SyncRules.LatestBelieved(now, options));
        await using var reader = await batch.ExecuteReaderAsync();
        var position = await reader.ReadAsync() ? Position(reader) : null;
        await reader.NextResultAsync(); // until the transaction has ended
        return position;
    }

    /// <summary>Notes where the window will have been closed and how many records there are, before the first page of a long read. False: fenced.</summary>
    public async Task<bool> OpenWindow(EntityId id, Guid run, long epoch, DateTimeOffset? nextWatermark, long? total, RunTraffic traffic)
    {
        await using var command = Command(
            """
            WITH mine AS (
                UPDATE xtnd.cursor SET next_watermark = $6 WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND epoch = $5 AND run_id = $4
                RETURNING entity
            )
            UPDATE xtnd.run SET total = coalesce($7, total), requests = requests + $8, retries = retries + $9
            FROM mine WHERE tenant_id = $1 AND connection_id = $2 AND id = $4
            """,
            id, run, epoch, Sql.Optional(nextWatermark), Sql.Optional(total), traffic.Requests, traffic.Retries);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    async Task<RunView?> One(string condition, EntityId id, params object[] values)
    {
        await using var command = Command($"SELECT {RunRow.Columns("run")} FROM xtnd.run WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND {condition}", id, values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? RunRow.Read(reader, 0, clock.GetUtcNow()) : null;
    }

    NpgsqlCommand Command(string sql, EntityId id, params object[] values)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Fill(id, values);
        return command;
    }

    static void Add(NpgsqlBatch batch, string sql, EntityId id, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Fill(id, values);
        batch.BatchCommands.Add(command);
    }

    static CursorPosition Position(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.Text(1), row.Nullable<DateTimeOffset>(2), row.Nullable<DateTimeOffset>(3), row.Nullable<DateTimeOffset>(4), row.GetString(5))
    {
        Reckons = row.GetString(6) == "reckon",
        PageSize = row.Nullable<int>(7),
        ConfirmDeletions = row.GetBoolean(8),
    };
}

/// <summary>Where a loop goes on.</summary>
/// <param name="Epoch">The right to write.</param>
/// <param name="AfterId">The last id that was committed; null at the beginning.</param>
/// <param name="ChangedSince">Where the window starts; null for everything.</param>
/// <param name="NextWatermark">Where the window ends, once known.</param>
/// <param name="Watermark">Where the last window ended.</param>
/// <param name="Mode">incremental or full.</param>
internal sealed record CursorPosition(
    long Epoch, string? AfterId, DateTimeOffset? ChangedSince, DateTimeOffset? NextWatermark, DateTimeOffset? Watermark, string Mode)
{
    /// <summary>Whether every page is committed, and what is missing is being found out.</summary>
    public bool Reckons { get; init; }

    /// <summary>What the store bore last; null: the default.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether a person said that it is right when much is gone.</summary>
    public bool ConfirmDeletions { get; init; }

    public bool IsFull => Mode == "full";
}

/// <summary>Requests that are not yet counted in the run's row.</summary>
internal readonly record struct RunTraffic(int Requests, int Retries);
