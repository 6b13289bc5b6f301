using System.Reflection;
using Orleans.Providers;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine.Fleet;

/// <summary>Tells the platform's page what this silo bears. Orleans carries the question to every silo, from a frontend too.</summary>
internal sealed class SiloReporter(ILocalSiloDetails silo, EngineMetrics metrics, SiloResources resources) : IControllable
{
    /// <summary>Under which name it is registered.</summary>
    public const string Name = "xtnd.work";

    /// <summary>The only question there is.</summary>
    public const int Work = 1;

    static readonly string Version = typeof(SiloReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public Task<object?> ExecuteCommand(int command, object? arg) => Task.FromResult<object?>(
        new SiloWork(silo.SiloAddress, Version, metrics.Pages, metrics.Bytes, resources.Requests.Used, resources.Requests.Waiting));
}
