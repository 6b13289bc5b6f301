using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace XtndOrleans.Engine.Sweeping;

/// <summary>Removes what is older than its retention, a bounded number of rows of each table in a round: no long transaction, no burst of the log.</summary>
internal sealed class Janitor(NpgsqlDataSource database, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<Janitor> log)
    : PeriodicTask(database, clock, log)
{
    const int Batch = 5000;
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    bool isMore;

    /// <summary>A run that is under way has no end; the newest one tells how its entity stands.</summary>
    const string Runs = """
        DELETE FROM xtnd.run d USING (
            SELECT r.tenant_id, r.connection_id, r.id FROM xtnd.run r
            WHERE r.finished_at < $1 AND r.state NOT IN ('queued', 'running') AND EXISTS (
                SELECT FROM xtnd.run n WHERE n.tenant_id = r.tenant_id AND n.connection_id = r.connection_id AND n.entity = r.entity AND n.id > r.id)
            ORDER BY r.finished_at LIMIT $2) old
        WHERE d.tenant_id = old.tenant_id AND d.connection_id = old.connection_id AND d.id = old.id
        """;

    /// <summary>The text 'xtndjani' as a number.</summary>
    protected override long LockKey => 0x78746e646a616e69;

    protected override int AtOnce => 1;

    protected override TimeSpan Interval => isMore ? base.Interval : Rest;

    protected override async Task Act(CancellationToken stopping)
    {
        var kept = options.Value;
        isMore = false;
        await Remove(Runs, kept.Runs, stopping);
        await Remove(Oldest("xtnd.slot", "due_at"), kept.Slots, stopping);
        await Remove(Oldest("xtnd.quarantine", "resolved_at"), kept.Quarantine, stopping);
        await Remove(Oldest("xtnd.record_history", "changed_at"), kept.History, stopping);
    }

    // By place, because the time is no part of a key. A row that moves meanwhile is found in the next round.
    static string Oldest(string table, string time) => $"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {time} < $1 LIMIT $2)) AND {time} < $1";

    async Task Remove(string sql, TimeSpan kept, CancellationToken stopping)
    {
        var removed = await Database.Execute(sql, [new() { Value = Clock.GetUtcNow() - kept }, new() { Value = Batch }], stopping);
        isMore |= removed == Batch;
    }
}
