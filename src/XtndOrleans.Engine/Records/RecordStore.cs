using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Writes records. Pages, change numbers, cursor and counters move in one transaction or not at all.</summary>
internal sealed class RecordStore(NpgsqlDataSource database)
{
    const string Fenced = "XF001";

    /// <summary>
    /// Writes one page in one round trip. Only records that differ from what is held are written, each with the next change number, in page order.
    /// The last read wins, even when its source_updated_at is older than the one held: content is the truth, the store's clock of change is not, and
    /// a stale page that a cache served is put right by the next read.
    /// </summary>
    /// <remarks>
    /// After any other exception it is unknown whether the page was written. Do not call again: take a new epoch, which waits for the outcome, and go on
    /// from the cursor.
    /// </remarks>
    /// <exception cref="FencedException">The run or its epoch is not the current one; nothing was written.</exception>
    public async Task<PageCommitted> Commit(PageCommit commit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Two statements and no BEGIN: one round trip is one transaction. The second sees what was committed while the first waited for the cursor.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { FenceOf(commit), WriteOf(commit, PageStatement.Of(RecordTable.Of(commit.Id.Entity))) } };
        await batch.PrepareAsync(cancellationToken);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                throw new InvalidOperationException($"The run {commit.Run} of {commit.Id} does not exist.");
            }

            var (inserted, updated) = ((int)reader.GetInt64(0), (int)reader.GetInt64(1));
            return new(inserted, updated, commit.Page.Records.Count - inserted - updated, reader.GetInt64(2));
        }
        catch (PostgresException refused) when (refused.SqlState == Fenced)
        {
            throw new FencedException(commit.Id);
        }
    }

    /// <summary>Removes all records of a connection, a bounded number in each transaction, so that it neither holds locks long nor bursts the log. Can be repeated.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<long> EraseConnection(ConnectionId connection, int batchSize, CancellationToken cancellationToken)
    {
        var erased = 0L;
        foreach (var table in RecordTable.All)
        {
            var after = "";
            int found;
            do
            {
                (found, after) = await EraseBatch(table, connection, after, batchSize, cancellationToken);
                erased += found;
            }
            while (found == batchSize);
        }

        return erased;
    }

    async Task<(int Found, string Last)> EraseBatch(RecordTable table, ConnectionId connection, string after, int batchSize, CancellationToken cancellationToken)
    {
        // From where the last batch ended: the start of the index is full of what was removed a moment ago.
        await using var command = database.CreateCommand($"""
            WITH found AS (
                SELECT external_id FROM {table.Name} WHERE tenant_id = $1 AND connection_id = $2 AND external_id > $3 ORDER BY external_id LIMIT $4),
            gone AS (
                DELETE FROM {table.Name} t USING found f WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.external_id = f.external_id)
            SELECT count(*), coalesce(max(external_id), '') FROM found
            """);
        command.Parameters.Add(Uuid(connection.Tenant));
        command.Parameters.Add(Uuid(connection.Connection));
        command.Parameters.Add(Text(after));
        command.Parameters.Add(Bigint(batchSize));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return ((int)reader.GetInt64(0), reader.GetString(1));
    }

    internal static NpgsqlBatchCommand FenceOf(PageCommit commit) => new(PageStatement.Fence)
    {
        Parameters =
        {
            Uuid(commit.Id.Connection.Tenant), Uuid(commit.Id.Connection.Connection), Text(commit.Id.Entity), Uuid(commit.Run), Bigint(commit.Epoch),
        },
    };

    internal static NpgsqlBatchCommand WriteOf(PageCommit commit, string statement)
    {
        var table = RecordTable.Of(commit.Id.Entity);
        var records = commit.Page.Records;
        var command = new NpgsqlBatchCommand(statement)
        {
            Parameters =
            {
                Uuid(commit.Id.Connection.Tenant), Uuid(commit.Id.Connection.Connection), Text(commit.Id.Entity), Uuid(commit.Run),
                new NpgsqlParameter<DateTime> { TypedValue = commit.Now.UtcDateTime }, Text(commit.AfterId), new NpgsqlParameter<bool> { TypedValue = commit.Last },
                Bigint(commit.Page.Bytes), Bigint(commit.Requests), Bigint(commit.Retries), Bigint(commit.Total),
                ArrayOf(records, r => r.ExternalId, NpgsqlDbType.Text), ArrayOf(records, r => AsGuid(r.Hash), NpgsqlDbType.Uuid),
                ArrayOf(records, r => StorableText.Of(r.Body), NpgsqlDbType.Text),
                ArrayOf(records, r => r.SourceCreatedAt?.UtcDateTime, NpgsqlDbType.TimestampTz), ArrayOf(records, r => r.SourceUpdatedAt?.UtcDateTime, NpgsqlDbType.TimestampTz),
            },
        };
        foreach (var column in table.Arrays(records))
        {
            command.Parameters.Add(column);
        }

        return command;
    }

    static NpgsqlParameter<T[]> ArrayOf<T>(IReadOnlyList<StoreRecord> records, Func<StoreRecord, T> value, NpgsqlDbType type)
    {
        var values = new T[records.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(records[i]);
        }

        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    // Big-endian both ways, so that the uuid reads as the hash is written elsewhere.
    internal static Guid AsGuid(UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return new(bytes, bigEndian: true);
    }

    static NpgsqlParameter<Guid> Uuid(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value };

    static NpgsqlParameter<string?> Text(string? value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter<long?> Bigint(long? value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
