using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

internal sealed partial class RecordStore
{
    /// <summary>
    /// What is held and no page of the run had, nor was set aside, nor came to us since the run began. The seen ids are hashed once: see <see cref="GoneStatement.Hashes"/>.
    /// </summary>
    static string MissingFrom(RecordTable table) => $"""
        FROM {table.Name} t
        WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.deleted_at IS NULL
          AND t.first_seen_at < (SELECT coalesce(r.started_at, r.queued_at) FROM xtnd.run r WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.id = $4)
          AND NOT EXISTS (
              SELECT FROM (SELECT unnest(p.ids) AS id FROM xtnd.sweep_page p WHERE p.tenant_id = $1 AND p.connection_id = $2 AND p.entity = $3 AND p.run_id = $4) seen
              WHERE seen.id = t.external_id)
          AND NOT EXISTS (
              SELECT FROM xtnd.quarantine q
              WHERE q.tenant_id = $1 AND q.connection_id = $2 AND q.entity = $3 AND q.resolved_at IS NULL AND q.external_id = t.external_id)
        """;

    /// <summary>How many records are held that the run, a full read that kept its ids, did not see. About a second for a million held.</summary>
    public async Task<long> CountMissing(EntityId id, Guid run, CancellationToken cancellationToken)
    {
        var command = InRun($"SELECT count(*) {MissingFrom(RecordTable.Of(id.Entity))}", id, run);
        return (await Hashed(command, row => row.GetInt64(0), cancellationToken))[0];
    }

    /// <summary>Their ids, ascending as text. Each part costs as much as <see cref="CountMissing"/>: ask for many.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="run">A full read that kept its ids.</param>
    /// <param name="after">The last of the part before; null from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<string>> Missing(EntityId id, Guid run, string? after, int limit, CancellationToken cancellationToken)
    {
        var command = InRun($"SELECT t.external_id {MissingFrom(RecordTable.Of(id.Entity))} AND t.external_id > $5 ORDER BY t.external_id LIMIT $6", id, run);
        command.Parameters.Add(Text(after ?? ""));
        command.Parameters.Add(Bigint(limit));
        return await Hashed(command, row => row.GetString(0), cancellationToken);
    }

    /// <summary>
    /// Turns records into tombstones, each with the next change number, in the order of their ids. Those that are gone already, or were never held, are left alone.
    /// </summary>
    /// <returns>How many were buried.</returns>
    /// <exception cref="FencedException">The run or its epoch is not the current one; nothing was written.</exception>
    public async Task<int> Bury(EntityId id, Guid run, long epoch, IReadOnlyList<string> externalIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Fence(id, run, epoch), new(GoneStatement.Hashes), BuryStatement(GoneStatement.Of(RecordTable.Of(id.Entity)), id, run, externalIds, now),
            },
        };
        return await Buried(batch, cancellationToken).Fenced(id);
    }

    static async Task<int> Buried(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (int)reader.GetInt64(0);
    }

    static NpgsqlBatchCommand BuryStatement(string sql, EntityId id, Guid run, IReadOnlyList<string> externalIds, DateTimeOffset now)
    {
        var command = InRun(sql, id, run);
        command.Parameters.Add(Time(now));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. externalIds], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }

    /// <summary>Asks with hashes instead of loops.</summary>
    async Task<List<T>> Hashed<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(GoneStatement.Hashes));
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
