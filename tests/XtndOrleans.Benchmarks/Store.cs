using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;

namespace XtndOrleans.Benchmarks;

/// <summary>A simulated store in a process of its own, so that its work is not counted as ours.</summary>
internal sealed class StoreProcess : IDisposable
{
    const int FewProducts = 2000;

    readonly Process process;

    StoreProcess(Process process, string address)
    {
        this.process = process;
        ApiUrl = address;
    }

    public string ApiUrl { get; }

    /// <summary>Starts it with the records that are asked for and few others. The records are there when it answers.</summary>
    public static async Task<StoreProcess> Start(Options options)
    {
        var (products, orders) = options.Entity switch
        {
            Entities.Product => (options.Records, 0),
            Entities.Order => (FewProducts, options.Records),
            _ => throw new ArgumentException($"No benchmark reads {options.Entity}s."),
        };
        var program = Path.Combine(AppContext.BaseDirectory, "XtndOrleans.Simulator.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--products", $"{products}", "--orders", $"{orders}", "--port", "0"])
        {
            RedirectStandardOutput = true,
            Environment = { ["Logging__LogLevel__Default"] = "Warning" },
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Simulator ready: ", StringComparison.Ordinal))
            {
                var store = new StoreProcess(process, line.Split(' ')[2] + "/rest/V1");
                // A store makes its records, and all papers of its orders, when it is first asked.
                using var reader = await StoreReader.SignIn(store.ApiUrl);
                (await reader.Read(options.Entity, null, 1)).Dispose();
                return store;
            }
        }

        throw new InvalidOperationException("The simulator did not start.");
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}

/// <summary>The store as our connector reads it.</summary>
internal sealed class StoreReader : IDisposable
{
    readonly ServiceProvider services;
    readonly IConnector connector;
    readonly StoreSession session;

    StoreReader(ServiceProvider services, IConnector connector, StoreSession session)
    {
        this.services = services;
        this.connector = connector;
        this.session = session;
    }

    public Uri BaseAddress => session.BaseAddress;

    public string Token => session.Authorization["Bearer ".Length..];

    public static async Task<StoreReader> SignIn(string apiUrl)
    {
        var services = new ServiceCollection().AddConnectors(o => o.AllowPrivateAddresses = true).BuildServiceProvider();
        var connector = services.GetRequiredService<ConnectorCatalog>()["magento"];
        if (!connector.TryReadApiUrl(apiUrl, out var address, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        var token = await connector.SignIn(new(address, "admin", "Admin123demo"), CancellationToken.None);
        return new(services, connector, new(address, "Bearer " + token.Value));
    }

    public Task<Page> Read(string entity, string? after, int size) =>
        connector.Read(session, new(entity, after, null, size), CancellationToken.None);

    /// <summary>The first so many records, in memory; what is measured afterwards does not wait for the store.</summary>
    public async Task<List<Page>> ReadAll(Options options)
    {
        var pages = new List<Page>();
        for (var (after, read) = ((string?)null, 0); read < options.Records;)
        {
            var page = await Read(options.Entity, after, options.Page);
            pages.Add(page);
            read += page.Records.Count;
            if (page.IsLast)
            {
                break;
            }

            after = page.Records[^1].ExternalId;
        }

        return pages;
    }

    public void Dispose() => services.Dispose();
}
