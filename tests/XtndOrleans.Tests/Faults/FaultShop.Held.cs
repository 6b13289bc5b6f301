using XtndOrleans.Engine.Records;

namespace XtndOrleans.Tests.Faults;

/// <summary>What is held of the shop, against what its store has.</summary>
internal sealed partial class FaultShop
{
    /// <summary>Rows are the store's, bodies too; the feed replayed is the rows; no change number is missing.</summary>
    public async Task AssertWhole(string entity)
    {
        await AssertEqualsStore(entity);
        await AssertFeedReplays(entity);
        await AssertSeqHasNoGaps(entity);
    }

    /// <summary>None lost, none doubled, none too many, each with the store's very JSON.</summary>
    public async Task AssertEqualsStore(string entity) => AssertSame(Shelf(entity).Bodies, await Rows(entity));

    /// <summary>The same records with the same bodies; names the one that differs.</summary>
    public static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Multiple([.. expected.Select(record => (Action)(() => Assert.Equal(record.Value, actual[record.Key])))]);
    }

    /// <summary>One who read the feed of changes from 0 has what the table has.</summary>
    public async Task AssertFeedReplays(string entity)
    {
        var queries = new RecordQueries(world.Database.DataSource);
        SortedDictionary<string, string> replayed = new(StringComparer.Ordinal);
        for (long after = 0, more = 1; more > 0;)
        {
            var page = await queries.Changes(new(Id, entity), after, 7, TestContext.Current.CancellationToken);
            foreach (var change in page.Items)
            {
                Assert.True(change.Seq > after, $"{change.Seq} comes after {after}.");
                after = change.Seq;
                if (change.Op == "delete")
                {
                    replayed.Remove(change.ExternalId);
                }
                else
                {
                    replayed[change.ExternalId] = change.Body.ToString();
                }
            }

            more = page.More ? 1 : 0;
        }

        Assert.Equal(await Rows(entity), replayed);
    }

    /// <summary>Every number up to the last was handed out for a change that a run counted, each to one row.</summary>
    public async Task AssertSeqHasNoGaps(string entity)
    {
        var table = $"xtnd.{entity}";
        Assert.Equal(
            await Text($"SELECT sum(inserted + updated + deleted) FROM xtnd.run WHERE {Mine} AND entity = '{entity}'"),
            await Text($"SELECT last_seq FROM xtnd.cursor WHERE {Mine} AND entity = '{entity}'"));
        Assert.Equal(
            await Text($"SELECT count(*), max(seq) FROM {table} WHERE {Mine}"),
            await Text($"SELECT (SELECT count(DISTINCT seq) FROM {table} WHERE {Mine}), last_seq FROM xtnd.cursor WHERE {Mine} AND entity = '{entity}'"));
    }

    /// <summary>The rows that are not deleted, body by id.</summary>
    public async Task<SortedDictionary<string, string>> Rows(string entity)
    {
        await using var command = world.Database.DataSource.CreateCommand(
            $"SELECT external_id, body::text FROM xtnd.{entity} WHERE {Mine} AND deleted_at IS NULL");
        await using var reader = await command.ExecuteReaderAsync();
        SortedDictionary<string, string> rows = new(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0), reader.GetString(1));
        }

        return rows;
    }

    /// <summary>The columns of the query's first row, joined by spaces. Its condition must hold <see cref="Mine"/>.</summary>
    public async Task<string> Text(string sql)
    {
        await using var command = world.Database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "-" : reader.GetValue(at).ToString())) : "";
    }

    /// <summary>The condition that picks this shop's rows.</summary>
    public string Mine => $"tenant_id = '{Id.Tenant}' AND connection_id = '{Id.Connection}'";
}
