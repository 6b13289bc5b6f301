using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace XtndOrleans.Simulator;

/// <summary>A running simulator: any number of stores behind one port of the loopback interface.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    readonly WebApplication app;
    readonly MagentoStore[] stores;

    SimulatorHost(SimulatorOptions options)
    {
        stores = [.. Enumerable.Range(1, options.Stores).Select(number => new MagentoStore(number, options))];
        app = Build(options);
        var endpoint = new StoreEndpoint(this);
        app.Use(ControlApi.ExplainRefusals);
        // Here, so that the content type is set before a route is chosen by it.
        app.UseRouting();
        ControlApi.Map(app, this);
        // Without a pattern a fallback leaves out paths with a dot, and a SKU may have one.
        app.MapFallback("{**path}", endpoint.Handle);
    }

    /// <summary>http://127.0.0.1:{port}/, the root of all stores.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The stores in order of their numbers.</summary>
    public IReadOnlyList<MagentoStore> Stores => stores;

    /// <summary>Starts to listen. Disposing stops it and cuts what is still open.</summary>
    public static async Task<SimulatorHost> Start(SimulatorOptions options)
    {
        var host = new SimulatorHost(options);
        await host.app.StartAsync();
        var addresses = host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        host.BaseAddress = new(addresses.Addresses.Single() + "/");
        return host;
    }

    /// <summary>A store by its number, from 1.</summary>
    public MagentoStore Store(int number = 1) =>
        Find(number) ?? throw new ArgumentOutOfRangeException(nameof(number), number, $"There are stores 1 to {stores.Length}.");

    /// <summary>What a merchant types for a store: http://127.0.0.1:{port}/store/{number}.</summary>
    public Uri StoreAddress(int number = 1) => new(BaseAddress, $"store/{number}");

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    internal MagentoStore? Find(int number) => number >= 1 && number <= stores.Length ? stores[number - 1] : null;

    static WebApplication Build(SimulatorOptions options)
    {
        // The empty builder: no configuration files, environment or logging that a caller's would change.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.AnyAddress ? IPAddress.Any : IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MaxResponseBufferSize = 1024 * 1024;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRouting();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => ControlJson.Configure(json.SerializerOptions));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        return builder.Build();
    }

    /// <summary>The default one would take Ctrl-C away from the process that the simulator runs in.</summary>
    sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
