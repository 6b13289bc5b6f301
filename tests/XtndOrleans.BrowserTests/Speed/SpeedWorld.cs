using System.Security.Cryptography;
using XtndOrleans.BrowserTests.Connections;
using XtndOrleans.BrowserTests.Support;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Speed;

/// <summary>A server as it runs in production, and a tenant with five thousand connections.</summary>
public sealed class SpeedWorld : BrowserWorld
{
    public const int Connections = 5000;

    readonly Lazy<Task> started;

    public SpeedWorld() => started = new(Start);

    /// <summary>Makes all of it, once.</summary>
    internal Task Started => started.Value;

    /// <summary>The owner of the five thousand.</summary>
    internal Api Many { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["Xtnd__Secrets__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

    // A fixture is made in any case, and this one only when asked for.
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async Task Start()
    {
        await base.InitializeAsync();
        await World.Connect(Owner);
        Many = await ManyConnections.Tenant(this, Connections);
        await World.Database.Scalar("VACUUM ANALYZE");
    }
}
