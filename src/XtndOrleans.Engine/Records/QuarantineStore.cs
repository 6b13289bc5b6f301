using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Records that the store could not deliver, or that could not be read: set aside, tried again at each run, resolved when they are read.</summary>
internal sealed class QuarantineStore(NpgsqlDataSource database)
{
    const int LongestReason = 2000;
    const int LongestReply = 4000;

    /// <summary>
    /// Sets a record aside, or notes that it failed again; one that was resolved is open anew. The run counts it once, however often the run tried.
    /// </summary>
    /// <param name="id">The entity.</param>
    /// <param name="run">The run that tried.</param>
    /// <param name="epoch">The epoch of the loop that tried.</param>
    /// <param name="externalId">The record.</param>
    /// <param name="code">Stable name of the reason.</param>
    /// <param name="reason">What happened, in words, without secrets.</param>
    /// <param name="reply">What the store said, redacted; null when nothing. Cut to 4,000 characters.</param>
    /// <param name="now">The time of the try.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="FencedException">The run or its epoch is not the current one; nothing was written.</exception>
    public async Task Park(
        EntityId id, Guid run, long epoch, string externalId, string code, string reason, string? reply, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await Execute(
            """
            WITH known AS (
                SELECT FROM xtnd.quarantine q
                WHERE q.tenant_id = $1 AND q.connection_id = $2 AND q.entity = $3 AND q.external_id = $5 AND q.run_id = $4 AND q.resolved_at IS NULL),
            parked AS (
                INSERT INTO xtnd.quarantine AS q (tenant_id, connection_id, entity, external_id, code, reason, reply, first_seen_at, tried_at, attempts, run_id)
                VALUES ($1, $2, $3, $5, $6, $7, $8, $9, $9, 1, $4)
                ON CONFLICT (tenant_id, connection_id, entity, external_id) DO UPDATE
                SET code = excluded.code, reason = excluded.reason, reply = excluded.reply, tried_at = excluded.tried_at, attempts = q.attempts + 1,
                    resolved_at = NULL, run_id = excluded.run_id)
            UPDATE xtnd.run SET quarantined = quarantined + 1
            WHERE tenant_id = $1 AND connection_id = $2 AND id = $4 AND NOT EXISTS (SELECT FROM known)
            """,
            id, epoch, run, [StorableText.Of(externalId)!, code, Storable(reason, LongestReason)!, Sql.Optional(Storable(reply, LongestReply)), now], cancellationToken);

    /// <summary>Notes that records were read after all, or are gone. Those that are not set aside are left alone.</summary>
    /// <returns>How many were open.</returns>
    /// <exception cref="FencedException">The run or its epoch is not the current one; nothing was written.</exception>
    public Task<int> Resolve(EntityId id, Guid run, long epoch, IReadOnlyList<string> ids, DateTimeOffset now, CancellationToken cancellationToken = default) => Execute(
        """
        UPDATE xtnd.quarantine SET resolved_at = $6, tried_at = $6, run_id = $4
        WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND external_id = ANY($5) AND resolved_at IS NULL
        """,
        id, epoch, run, [ids.ToArray(), now], cancellationToken);

    /// <summary>The open ones; the one that was tried last comes last.</summary>
    public async Task<IReadOnlyList<QuarantineView>> Open(EntityId id, int limit, CancellationToken cancellationToken = default) => await database.Rows(
        $"""
        SELECT {QuarantineView.Columns} FROM xtnd.quarantine
        WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND resolved_at IS NULL ORDER BY tried_at, external_id LIMIT $4
        """,
        [.. Scope(id), new() { Value = limit }], QuarantineView.Read, cancellationToken);

    static NpgsqlParameter[] Scope(EntityId id) => [new() { Value = id.Connection.Tenant }, new() { Value = id.Connection.Connection }, new() { Value = id.Entity }];

    static string? Storable(string? text, int longest) => StorableText.Of(text is { Length: var length } && length > longest ? text[..longest] : text);

    /// <summary>Writes for the current loop alone. $4 is its run.</summary>
    async Task<int> Execute(string sql, EntityId id, long epoch, Guid run, object[] values, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Fill(id, values.Prepend(run));
        batch.BatchCommands.Add(RecordStore.Fence(id, run, epoch));
        batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(cancellationToken).Fenced(id);
    }
}
