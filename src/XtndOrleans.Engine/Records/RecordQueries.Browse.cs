using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>The lists that people look through. However many records there are, each statement reads a bounded part of an index.</summary>
public sealed partial class RecordQueries
{
    /// <summary>More records than this are not sorted; the list is walked through in its order instead, where so many are soon found.</summary>
    const int MostSorted = 2000;

    /// <summary>
    /// For the rest of the transaction. Where many records have a word, the planner believes that a scan soon meets enough of them; it does not know that making
    /// a record's words costs more than everything else.
    /// </summary>
    const string OnlyByIndex = "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)";

    /// <summary>Clocks of several silos wrote the times of change.</summary>
    static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Lists records without their bodies: orders by when they were placed, newest first; all others, and orders that changed since a time, by their last
    /// change, newest first. A record that changes meanwhile may be missed or come twice.
    /// </summary>
    /// <param name="id">The entity.</param>
    /// <param name="asked">Which records.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="cursor">From an earlier page; null from the beginning.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ProblemException"><c>invalid_cursor</c>.</exception>
    public async Task<ListPage<RecordView>> Browse(EntityId id, RecordsAsked asked, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var table = RecordTable.Of(id.Entity);
        var after = cursor is null ? null : BrowseCursor.Read(cursor);
        var isByOrder = table.Entity == Entities.Order && asked.ChangedSince is null;
        if (after is not null && isByOrder != after.Seq is null)
        {
            throw ListRequest.BadCursor();
        }

        var browse = new BrowseStatement(id, table, limit + 1);
        browse.Filter(asked);
        var (typed, status) = (SearchText.Of(asked.Query), table.Entity == Entities.Order ? StorableText.Of(asked.Status) : null);
        if (typed is not null || status is not null)
        {
            var found = await Matching(id, table, typed, status, cancellationToken);
            browse.Search(typed, found.Count > MostSorted ? null : found);
        }

        if (asked.ChangedSince is { } since)
        {
            browse.From(await FirstSeq(id, table, since - ClockSlack, cancellationToken));
        }

        var items = new List<RecordView>();
        foreach (var statement in isByOrder ? browse.ByOrder(after) : browse.ByChange(after))
        {
            await using var command = statement.Command(database);
            items.AddRange(await Read(command, reader => View(table, reader), cancellationToken));
            if (items.Count > limit)
            {
                break;
            }
        }

        return items.Count <= limit ? new(items, null) : new(items[..limit], Cursor(items[limit - 1], isByOrder).ToString());
    }

    static BrowseCursor Cursor(RecordView last, bool isByOrder) =>
        isByOrder ? new(null, (last.Fields["placedAt"] as DateTimeOffset?)?.UtcDateTime, last.ExternalId) : new(last.Seq, null, "");

    /// <summary>The records that a search finds, one more than can be sorted at most, in no order.</summary>
    async Task<List<string>> Matching(EntityId id, RecordTable table, string? typed, string? status, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] wanted = table.Words is null
            ? [new NpgsqlParameter<string[]> { TypedValue = SearchText.Keys(typed!) }, Text(SearchText.Highest)]
            : [Text(SearchText.Words(id.Connection, typed, status))];
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(OnlyByIndex), new($"""
            SELECT external_id FROM ({(table.Words is null ? ByKey(table) : ByWords(table))}) found
            UNION
            SELECT external_id FROM {table.Name} WHERE tenant_id = $1 AND connection_id = $2 AND external_id = $3
            """) } };
        batch.BatchCommands[1].Parameters.Fill(id.Connection, [Text(typed ?? ""), .. wanted]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    static string ByWords(RecordTable table) => $"""
        SELECT external_id FROM {table.Name}
        WHERE tenant_id = $1 AND connection_id = $2 AND {table.Words} @@ lower($4 COLLATE "default")::tsquery LIMIT {MostSorted + 1}
        """;

    static string ByKey(RecordTable table) => $"""
        SELECT one.external_id
        FROM unnest($4::text[]) AS typed (beginning)
        CROSS JOIN LATERAL (
            SELECT external_id FROM {table.Name}
            WHERE tenant_id = $1 AND connection_id = $2 AND {table.KeyColumn} IS NOT NULL
              AND {table.KeyColumn} >= typed.beginning COLLATE "C" AND {table.KeyColumn} < (typed.beginning || $5) COLLATE "C" LIMIT {MostSorted + 1}) one
        """;

    /// <summary>The first change number at or after a time, by halving: times of change rise with the numbers, and the index has only the numbers.</summary>
    async Task<long> FirstSeq(EntityId id, RecordTable table, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = Command(id, $"""
            WITH RECURSIVE search (low, high) AS (
                SELECT 1::bigint, coalesce((SELECT max(seq) FROM {table.Name} WHERE tenant_id = $1 AND connection_id = $2 AND seq > 0), 0) + 1
                UNION ALL
                SELECT CASE WHEN middle.changed_at < $3 THEN middle.seq + 1 ELSE search.low END,
                       CASE WHEN middle.changed_at < $3 THEN search.high ELSE (search.low + search.high) / 2 END
                FROM search
                CROSS JOIN LATERAL (
                    SELECT t.seq, t.changed_at FROM {table.Name} t
                    WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.seq > 0 AND t.seq >= (search.low + search.high) / 2
                    ORDER BY t.seq LIMIT 1) middle
                WHERE search.low < search.high)
            SELECT low FROM search ORDER BY low DESC LIMIT 1
            """,
            new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return (await Read(command, reader => reader.GetInt64(0), cancellationToken))[0];
    }
}
