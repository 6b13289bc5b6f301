using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Tests.Connectors;

/// <summary>A web server that answers each request as a test says, and the connector to read it.</summary>
internal sealed class StoreStub : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ServiceProvider services;

    StoreStub(WebApplication app, ServiceProvider services)
    {
        this.app = app;
        this.services = services;
    }

    public List<string> Requests { get; } = [];

    public string Root => app.Urls.Single();

    public IConnector Magento => services.GetRequiredService<ConnectorCatalog>()["magento"];

    public StoreSession Session => new(Address(), "the-token");

    public StoreAccount Account => new(Address(), "admin", "the-password");

    /// <summary>A store on a free port of this machine.</summary>
    public static async Task<StoreStub> Start(RequestDelegate answer, Action<ConnectorOptions>? configure = null, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        StoreStub? stub = null;
        app.Run(async context =>
        {
            lock (stub!.Requests)
            {
                stub.Requests.Add($"{context.Request.Method} {context.Request.Path}{Uri.UnescapeDataString(context.Request.QueryString.Value!)}");
            }
            await answer(context);
        });
        stub = new StoreStub(app, Services(options =>
        {
            options.AllowPrivateAddresses = true;
            configure?.Invoke(options);
        }, clock: clock));
        await app.StartAsync();
        return stub;
    }

    /// <summary>A store that gives every request the same answer.</summary>
    public static Task<StoreStub> Answering(int status, string body, string type = "application/json", params (string Name, string Value)[] headers) => Start(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }
        return context.Response.WriteAsync(body);
    });

    /// <summary>Answers nothing until the client gives up.</summary>
    public static Task Hang(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    public static ServiceProvider Services(Action<ConnectorOptions>? configure = null, NameResolver? names = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System);
        if (names is not null)
        {
            services.AddSingleton(names);
        }
        return services.AddConnectors(configure).BuildServiceProvider();
    }

    public Task<Page> Read(string entity = Entities.Product, string? after = null, int size = 100, DateTimeOffset? since = null, bool newest = false) =>
        Magento.Read(Session, new PageRequest(entity, after, since, size) { NewestOnly = newest }, TestContext.Current.CancellationToken);

    public Task<Page> Read(PageRequest request, string? stock = null) => Magento.Read(Session with { Stock = stock }, request, TestContext.Current.CancellationToken);

    public async Task<ConnectorException> Failure(PageRequest request, string? stock = null) => await Assert.ThrowsAsync<ConnectorException>(() => Read(request, stock));

    public async Task<ConnectorException> Failure(string entity = Entities.Product, string? after = null, int size = 100) =>
        await Assert.ThrowsAsync<ConnectorException>(async () => await Read(entity, after, size));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await services.DisposeAsync();
    }

    Uri Address() => Magento.TryReadApiUrl(Root, out var address, out _) ? address : throw new InvalidOperationException();
}
