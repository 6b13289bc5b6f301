using Npgsql;

namespace XtndOrleans.SystemTests.Chaos;

/// <summary>What differs, in words and ids, between the store, the rows, the change feed and the books kept of them. Nothing may.</summary>
internal sealed class Verdict(ChaosWorld world, StoreLife life)
{
    const int Named = 5;

    readonly List<string> differences = [];

    public IReadOnlyList<string> Differences => differences;

    /// <summary>Notes what should not be.</summary>
    public void Says(string entity, string what, IEnumerable<string> ids)
    {
        var all = ids.ToList();
        if (all.Count > 0)
        {
            differences.Add($"{entity}: {all.Count} {what}: {string.Join(", ", all.Take(Named))}");
        }
    }

    /// <summary>After a delta: every record whose last change moved the store's time is held as it is.</summary>
    public async Task OfDelta(string entity)
    {
        var rows = await Rows(entity);
        Says(entity, "changed visibly and were not brought by the delta",
            life.Bodies(entity).Where(record => !life.Quiet(entity).Contains(record.Key) && rows.GetValueOrDefault(record.Key) != record.Value).Select(record => record.Key));
    }

    /// <summary>After a sweep: all is held, nothing else is, and every book agrees.</summary>
    public async Task OfSweep(string entity, Follower live)
    {
        var (store, rows) = (life.Bodies(entity), await Rows(entity));
        Says(entity, "missing", store.Keys.Except(rows.Keys));
        Says(entity, "held that the store has not", rows.Keys.Except(store.Keys));
        Says(entity, "held with another body", store.Where(record => rows.TryGetValue(record.Key, out var body) && body != record.Value).Select(record => record.Key));
        var buried = await Column($"SELECT DISTINCT external_id FROM xtnd.record_history WHERE entity = '{entity}' AND op = 'delete'");
        Says(entity, "buried that the store never deleted", buried.Except(life.Gone(entity)));
        var replay = new Follower(world, entity);
        await replay.Read();
        await live.Read();
        Says(entity, "other in the feed replayed", Others(replay, rows));
        Says(entity, "other in the feed followed", Others(live, rows));
        await Books(entity, store.Count);
    }

    /// <summary>At the end of all.</summary>
    public async Task OfAll()
    {
        Says("all", "runs left active", await Column("SELECT id::text FROM xtnd.run WHERE state IN ('queued', 'running')"));
        Says("all", "runs that met a mistake of ours", await Column("SELECT id::text FROM xtnd.run WHERE error_code = 'internal_error'"));
        Says("all", "ids of pages left behind", await Column("SELECT entity || ' ' || run_id FROM xtnd.sweep_page"));
        Says("all", "open in quarantine", await Column("SELECT entity || ' ' || external_id FROM xtnd.quarantine WHERE resolved_at IS NULL"));
        var answer = await world.Ask(api => api.Get($"connections/{world.Connection}/completeness"));
        foreach (var ledger in answer["items"]!.AsArray())
        {
            var count = world.Store.Entity((string)ledger!["entity"]!).Count;
            if ((string)ledger["state"]! != "complete" || (long?)ledger["storeTotal"] != count || (long)ledger["held"]! != count || (long?)ledger["difference"] != 0)
            {
                differences.Add($"the ledger says {ledger.ToJsonString()} where the store has {count}");
            }
        }
    }

    /// <summary>
    /// A record takes a change number when it is first held, and one with each entry of its history, so both make up all numbers handed out; and each number was
    /// counted by a run, but for those of refreshes.
    /// </summary>
    async Task Books(string entity, int count)
    {
        var books = (await Column($"""
            SELECT concat_ws(' ', c.last_seq, c.held, c.deleted,
                (SELECT max(seq) FROM xtnd.{entity}),
                (SELECT count(*) FROM xtnd.{entity}) + (SELECT count(*) FROM xtnd.record_history h WHERE h.entity = c.entity),
                (SELECT sum(inserted + updated + deleted) FROM xtnd.run r WHERE r.entity = c.entity)
                    + (SELECT count(*) FROM xtnd.record_history h WHERE h.entity = c.entity AND h.run_id IS NULL),
                (SELECT count(*) FROM xtnd.{entity} WHERE deleted_at IS NULL), (SELECT count(*) FROM xtnd.{entity} WHERE deleted_at IS NOT NULL))
            FROM xtnd.cursor c WHERE c.entity = '{entity}'
            """))[0].Split(' ').Select(long.Parse).ToArray();
        var (last, held, deleted) = (books[0], books[1], books[2]);
        if (last != books[3] || last != books[4] || last != books[5] || held != books[6] || deleted != books[7] || held != count)
        {
            differences.Add($"{entity}: the books do not agree: last_seq {last}, highest {books[3]}, changes {books[4]}, by runs {books[5]}; held {held}, rows {books[6]}, in the store {count}; deleted {deleted}, tombstones {books[7]}");
        }
    }

    static IEnumerable<string> Others(Follower feed, Dictionary<string, string> rows)
    {
        var plain = rows.ToDictionary(row => row.Key, row => Follower.Plain(row.Value));
        return feed.Records.Where(record => plain.GetValueOrDefault(record.Key) != record.Value).Select(record => record.Key)
            .Concat(plain.Keys.Where(id => !feed.Records.ContainsKey(id)));
    }

    async Task<Dictionary<string, string>> Rows(string entity)
    {
        var found = new Dictionary<string, string>();
        await Read($"SELECT external_id, body::text FROM xtnd.{entity} WHERE deleted_at IS NULL", row => found.Add(row.GetString(0), row.GetString(1)));
        return found;
    }

    async Task<List<string>> Column(string sql)
    {
        var found = new List<string>();
        await Read(sql, row => found.Add(row.GetString(0)));
        return found;
    }

    async Task Read(string sql, Action<NpgsqlDataReader> take)
    {
        await using var command = world.World.Database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            take(reader);
        }
    }
}
