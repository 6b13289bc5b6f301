namespace XtndOrleans.Engine.Fleet;

/// <summary>One process of the cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where other silos reach it.</param>
/// <param name="Status">created, joining, active, shuttingdown, stopping or none, as Orleans names it, in lower case.</param>
/// <param name="Since">When it started.</param>
/// <param name="Load">What it bears; null when it did not answer.</param>
public sealed record FleetSilo(string Name, string Address, string Status, DateTimeOffset Since, FleetSiloLoad? Load);

/// <summary>What a silo bears.</summary>
/// <param name="Activations">Grains in memory.</param>
/// <param name="CpuPercent">Of all its processors; 0 to 100.</param>
/// <param name="MemoryBytes">In use.</param>
/// <param name="MemoryLimitBytes">It may use; 0 when unknown.</param>
/// <param name="Work">Its runs' work; null when its version does not tell.</param>
public sealed record FleetSiloLoad(int Activations, double CpuPercent, long MemoryBytes, long MemoryLimitBytes, SiloWork? Work);

/// <summary>The work of one silo's runs since it started.</summary>
/// <param name="Silo">Which.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Pages">Pages committed.</param>
/// <param name="Bytes">Bytes read from stores, decompressed.</param>
/// <param name="Requests">Requests to stores under way.</param>
/// <param name="Waiting">Requests that wait for their turn.</param>
[GenerateSerializer, Immutable, Alias("xtnd.silo-work")]
public sealed record SiloWork(
    [property: Id(0)] SiloAddress Silo, [property: Id(1)] string Version, [property: Id(2)] long Pages, [property: Id(3)] long Bytes,
    [property: Id(4)] int Requests, [property: Id(5)] int Waiting);
