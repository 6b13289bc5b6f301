using System.Text.Json;

namespace XtndOrleans.Benchmarks;

/// <summary>The simulated store from its other side: it counts requests and changes records.</summary>
internal sealed class StoreControl(string apiUrl) : IDisposable
{
    readonly HttpClient client = new() { BaseAddress = new(new Uri(apiUrl), "/control/store/1/") };

    /// <summary>Counts requests anew.</summary>
    public Task Reset() => Post("stats/reset");

    /// <summary>Requests since then.</summary>
    public async Task<long> Requests()
    {
        using var stats = JsonDocument.Parse(await client.GetStringAsync(new Uri("stats", UriKind.Relative)));
        return stats.RootElement.GetProperty("requests").GetInt64();
    }

    /// <summary>One record more.</summary>
    public Task Add(string entity) => Post($"entities/{entity}");

    public void Dispose() => client.Dispose();

    async Task Post(string path)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
    }
}
