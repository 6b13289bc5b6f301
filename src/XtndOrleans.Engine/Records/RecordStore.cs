using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Writes records. Pages, change numbers, cursor and counters move in one transaction or not at all.</summary>
internal sealed partial class RecordStore(NpgsqlDataSource database)
{
    /// <summary>Writes one page, as <see cref="CommitTogether"/> does.</summary>
    public async Task<PageCommitted> Commit(PageCommit commit, CancellationToken cancellationToken) => (await CommitTogether([commit], cancellationToken))[0];

    /// <summary>
    /// Writes pages that follow one another, all or none, in one round trip and one wait for the disk. Only records that differ from what is held are written, each with the next change number, in page order.
    /// The last read wins, even when its source_updated_at is older than the one held: content is the truth, the store's clock of change is not, and
    /// a stale page that a cache served is put right by the next read.
    /// </summary>
    /// <remarks>
    /// After any other exception it is unknown whether the page was written. Do not call again: take a new epoch, which waits for the outcome, and go on
    /// from the cursor.
    /// </remarks>
    /// <exception cref="FencedException">The run or its epoch is not the current one; nothing was written.</exception>
    public async Task<IReadOnlyList<PageCommitted>> CommitTogether(IReadOnlyList<PageCommit> commits, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Several statements and no BEGIN: one round trip is one transaction. Those after the first see what was committed while it waited for the cursor.
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in commits.SelectMany(Statements).Prepend(FenceOf(commits[0])))
        {
            batch.BatchCommands.Add(statement);
        }

        await batch.PrepareAsync(cancellationToken);
        return await Committed(batch, commits, cancellationToken).Fenced(commits[0].Id);
    }

    static async Task<List<PageCommitted>> Committed(NpgsqlBatch batch, IReadOnlyList<PageCommit> commits, CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var committed = new List<PageCommitted>(commits.Count);
        foreach (var commit in commits)
        {
            committed.Add(await NextOf(reader, commit, cancellationToken));
        }

        await reader.NextResultAsync(cancellationToken); // what closes the run can fail too
        return committed;
    }

    static async Task<PageCommitted> NextOf(NpgsqlDataReader reader, PageCommit commit, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException($"The run {commit.Run} of {commit.Id} does not exist.");
        }

        var (inserted, updated) = ((int)reader.GetInt64(0), (int)reader.GetInt64(1));
        return new(inserted, updated, commit.Page.Records.Count - inserted - updated, reader.GetInt64(2));
    }

    static IEnumerable<NpgsqlBatchCommand> Statements(PageCommit commit)
    {
        if (commit.KeepsIds && commit.Page.Records.Count > 0)
        {
            var keep = InRun(PageStatement.KeepIds, commit.Id, commit.Run);
            keep.Parameters.Add(ArrayOf(commit.Page.Records, r => r.ExternalId, NpgsqlDbType.Text));
            yield return keep;
        }

        yield return WriteOf(commit, PageStatement.Of(RecordTable.Of(commit.Id.Entity)));
        if (commit.Last)
        {
            var close = InRun(PageStatement.Close, commit.Id, commit.Run);
            close.Parameters.Add(Time(commit.Now));
            yield return close;
        }
    }

    internal static NpgsqlBatchCommand FenceOf(PageCommit commit) => Fence(commit.Id, commit.Run, commit.Epoch);

    internal static NpgsqlBatchCommand Fence(EntityId id, Guid run, long epoch)
    {
        var fence = InRun(PageStatement.Fence, id, run);
        fence.Parameters.Add(Bigint(epoch));
        return fence;
    }

    /// <summary>$1 tenant, $2 connection, $3 entity, $4 run.</summary>
    static NpgsqlBatchCommand InRun(string sql, EntityId id, Guid run) =>
        new(sql) { Parameters = { Uuid(id.Connection.Tenant), Uuid(id.Connection.Connection), Text(id.Entity), Uuid(run) } };

    internal static NpgsqlBatchCommand WriteOf(PageCommit commit, string statement)
    {
        var table = RecordTable.Of(commit.Id.Entity);
        var records = commit.Page.Records;
        var command = new NpgsqlBatchCommand(statement)
        {
            Parameters =
            {
                Uuid(commit.Id.Connection.Tenant), Uuid(commit.Id.Connection.Connection), Text(commit.Id.Entity), Uuid(commit.Run),
                Time(commit.Now), Text(commit.AfterId), Flag(commit.Last), Bigint(commit.Page.Bytes), Bigint(commit.Requests), Bigint(commit.Retries),
                Bigint(commit.Total), Flag(commit.EndsReading), new NpgsqlParameter<int?> { TypedValue = commit.PageSize, NpgsqlDbType = NpgsqlDbType.Integer },
                Bigint(HighestOf(records)),
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

    static NpgsqlParameter<bool> Flag(bool value) => new() { TypedValue = value };

    static NpgsqlParameter<DateTime> Time(DateTimeOffset value) => new() { TypedValue = value.UtcDateTime };

    static NpgsqlParameter<string?> Text(string? value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter<long?> Bigint(long? value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
