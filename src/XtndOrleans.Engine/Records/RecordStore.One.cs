using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

internal sealed partial class RecordStore
{
    /// <summary>
    /// Writes one record that a person asked for, beside whatever run is under way: it waits for the page that is being written, and the next page for it, so
    /// change numbers stay without a gap and in the order of commits.
    /// </summary>
    /// <param name="id">The entity.</param>
    /// <param name="record">As the store has it; null when the store has it no longer.</param>
    /// <param name="externalId">The record's id.</param>
    /// <param name="now">The time of the commit, by our clock.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ProblemException"><c>not_found</c>: the connection is gone.</exception>
    public async Task<RecordWritten> WriteOne(EntityId id, StoreRecord? record, string externalId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var page = new Page(record is null ? [] : [record], null);
        var write = record is null
            ? BuryStatement(GoneStatement.OfOne(RecordTable.Of(id.Entity)), id, Guid.Empty, [externalId], now)
            : WriteOf(new(id, Guid.Empty, 0, page, null, false, 0, 0, null, now), PageStatement.OfOne(RecordTable.Of(id.Entity)));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(CursorLock.Take) { Parameters = { Uuid(id.Connection.Tenant), Uuid(id.Connection.Connection), Text(id.Entity) } },
                new(CursorLock.LooksUpByKey), write,
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? record is null ? Buried(reader) : Written(reader)
            : throw ProblemException.NotFound("connection");
    }

    static RecordWritten Written(NpgsqlDataReader row) => new(
        row.GetInt64(0) > 0 ? "inserted" : row.GetInt64(1) > 0 ? "updated" : "unchanged", row.IsDBNull(3) ? [] : row.GetFieldValue<string[]>(3), row.GetInt64(2));

    static RecordWritten Buried(NpgsqlDataReader row) => new(row.GetInt64(0) > 0 ? "deleted" : "absent", [], row.GetInt64(1));
}

/// <summary>What became of one record.</summary>
/// <param name="Outcome">unchanged, inserted (a tombstone that came back included), updated, deleted, or absent: neither the store has it nor we.</param>
/// <param name="Fields">The store's names of what differs from what was held.</param>
/// <param name="Seq">The entity's highest change number now; the record's own when it was written.</param>
internal sealed record RecordWritten(string Outcome, IReadOnlyList<string> Fields, long Seq);
