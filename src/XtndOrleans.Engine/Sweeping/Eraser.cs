using Microsoft.Extensions.Logging;
using Npgsql;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;

namespace XtndOrleans.Engine.Sweeping;

/// <summary>Finishes what was deleted. Apart from the <see cref="Sweeper"/>, because millions of records take minutes and a crashed run must not wait for them.</summary>
internal sealed class Eraser(
    NpgsqlDataSource database, IGrainFactory grains, ConnectionService connections, RunStore runs, RecordStore records, TimeProvider clock, ILogger<Eraser> log)
    : PeriodicTask(database, clock, log)
{
    /// <summary>The text 'xtnderas' as a number.</summary>
    protected override long LockKey => 0x78746e6465726173;

    protected override int AtOnce => 2;

    protected override async Task Act(CancellationToken stopping)
    {
        await Each(
            "SELECT tenant_id, id, '' FROM xtnd.connection WHERE deleting_since IS NOT NULL", [],
            entity => connections.FinishDelete(entity.Connection, runs, records, stopping), stopping);
        await Each(
            "SELECT id, id, '' FROM xtnd.tenant WHERE erasing_since IS NOT NULL", [],
            entity => grains.Tenant(entity.Connection.Tenant).ContinueErase(), stopping);
    }
}
