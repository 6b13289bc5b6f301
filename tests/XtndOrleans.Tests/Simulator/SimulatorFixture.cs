using System.Net.Http.Headers;
using System.Net.Http.Json;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>One simulator for the tests of a class that only read; 120 products, 50 orders.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    readonly Dictionary<string, string> tokens = [];

    public SimulatorHost Host { get; private set; } = null!;
    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await SimulatorHost.Start(new()
        {
            Products = 120,
            Orders = 50,
            Users =
            [
                new("admin", "Admin123demo", []),
                new("catalogonly", "Catalog123", ["Magento_Catalog::products"]),
                new("nothing", "Nothing123", ["Magento_Backend::dashboard"]),
            ],
        });
        Client = ClientOf(Host);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>A client as a connector's: no redirects, no cookies.</summary>
    public static HttpClient ClientOf(SimulatorHost host) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.BaseAddress };

    public async Task<string> Token(string user)
    {
        if (tokens.TryGetValue(user, out var known)) return known;
        return tokens[user] = await TokenOf(Client, user, Host.Store().Users[user].Password);
    }

    public static async Task<string> TokenOf(HttpClient client, string user, string password)
    {
        using var answer = await client.PostAsJsonAsync("store/1/rest/V1/integration/admin/token", new { username = user, password });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<string>())!;
    }

    /// <summary>A client that is signed in to store 1 as admin.</summary>
    public static async Task<HttpClient> SignedIn(SimulatorHost host)
    {
        var client = ClientOf(host);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenOf(client, "admin", "Admin123demo"));
        return client;
    }
}
