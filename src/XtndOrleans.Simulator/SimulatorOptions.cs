namespace XtndOrleans.Simulator;

/// <summary>An admin user that every store starts with. No resources: all rights.</summary>
public sealed record UserOption(string Name, string Password, IReadOnlyList<string> Resources);

/// <summary>What the simulator starts with.</summary>
public sealed record SimulatorOptions
{
    public int Stores { get; init; } = 1;
    public int Products { get; init; } = 2000;
    public int Orders { get; init; } = 500;

    /// <summary>Null: one for every four orders.</summary>
    public int? Customers { get; init; }

    /// <summary>Of a hundred products with stock, how many are in a second source too.</summary>
    public int SecondSourcePercent { get; init; } = 20;

    /// <summary>As <see cref="StoreSettings.MultiSource"/>.</summary>
    public bool MultiSource { get; init; } = true;

    internal int CustomerCount => Customers ?? (Orders + 3) / 4;

    /// <summary>0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>Listen on every address, not on loopback alone: in a container, whose network is its own.</summary>
    public bool AnyAddress { get; init; }

    public long Seed { get; init; } = 1;
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromMinutes(60);
    public TimeSpan Latency { get; init; }
    public TimeSpan LatencyPerRecord { get; init; }
    public bool Gzip { get; init; }
    public IReadOnlyList<UserOption> Users { get; init; } = [new("admin", "Admin123demo", [])];

    /// <summary>The clock of all stores, and of every wait.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
