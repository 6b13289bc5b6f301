using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What every run of a silo works with.</summary>
internal sealed class SyncServices(
    RunStore runs, RecordStore records, QuarantineStore quarantine, CompletenessStore completeness, ConnectorCatalog catalog, SiloResources silo, EngineMetrics metrics, IOptions<SyncOptions> options, TimeProvider clock,
    ILogger<SyncGrain> log)
{
    public RunStore Runs => runs;

    public RecordStore Records => records;

    public QuarantineStore Quarantine => quarantine;

    public CompletenessStore Completeness => completeness;

    public ConnectorCatalog Catalog => catalog;

    public SiloResources Silo => silo;

    public EngineMetrics Metrics => metrics;

    public SyncOptions Options { get; } = options.Value;

    public TimeProvider Clock => clock;

    public ILogger Log => log;

    /// <summary>What a system says of an entity. Systems agree in what they share by name.</summary>
    public SystemEntity Entity(string entity) => catalog.Systems.SelectMany(system => system.Entities).First(one => one.Entity == entity);
}
