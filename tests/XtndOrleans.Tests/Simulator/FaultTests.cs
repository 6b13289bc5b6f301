using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

public sealed class FaultTests : IAsyncLifetime
{
    const string onePage = "store/1/rest/V1/products?searchCriteria[pageSize]=2&searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=ASC";

    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    SimulatorHost host = null!;
    HttpClient client = null!;

    MagentoStore Store => host.Store();
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await SimulatorHost.Start(new() { Products = 20, Orders = 5, Time = time });
        client = await SimulatorFixture.SignedIn(host);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultKind.Unauthorized, 401, "application/json")]
    [InlineData(FaultKind.TooManyRequests, 429, "application/json")]
    [InlineData(FaultKind.InternalError, 500, "application/json")]
    [InlineData(FaultKind.FatalError, 500, "application/json")]
    [InlineData(FaultKind.DatabaseDown, 500, "text/plain")]
    [InlineData(FaultKind.Maintenance, 503, "text/html")]
    [InlineData(FaultKind.BadGateway, 502, "text/html")]
    [InlineData(FaultKind.GatewayTimeout, 504, "text/html")]
    [InlineData(FaultKind.WafPage, 200, "text/html")]
    [InlineData(FaultKind.WafDenied, 403, "text/html")]
    [InlineData(FaultKind.HtmlNotFound, 404, "text/html")]
    [InlineData(FaultKind.Empty, 200, "application/json")]
    [InlineData(FaultKind.ErrorObject, 200, "application/json")]
    public async Task A_fault_hits_once_and_then_the_store_is_well(FaultKind kind, int status, string type)
    {
        Store.Faults.Add(kind);
        using var hit = await client.GetAsync(onePage, Cancelled);
        Assert.Equal((status, type), ((int)hit.StatusCode, hit.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("\"items\"", await hit.Content.ReadAsStringAsync(Cancelled));
        Assert.Contains("\"items\"", await client.GetStringAsync(onePage, Cancelled));
    }

    [Fact]
    public async Task A_fault_waits_for_its_turn_and_its_path()
    {
        Store.Faults.Add(new Fault(FaultKind.Maintenance) { After = 1, Times = 1, Path = "orders" });
        const string orders = "store/1/rest/V1/orders?searchCriteria[pageSize]=1";
        var statuses = new List<HttpStatusCode>();
        foreach (var url in (string[])[onePage, orders, onePage, orders, orders])
        {
            using var answer = await client.GetAsync(url, Cancelled);
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
    }

    [Theory]
    [InlineData("orders?searchCriteria[pageSize]=1", "Magento_Sales::actions_view")]
    [InlineData("store/storeConfigs", "Magento_Backend::store")]
    [InlineData("modules", "Magento_Backend::admin")]
    public async Task A_refused_token_names_the_right_that_the_route_takes(string query, string right)
    {
        Store.Faults.Add(FaultKind.Unauthorized, times: null);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.GetAsync($"store/1/rest/V1/{query}", Cancelled);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains(right, await answer.Content.ReadAsStringAsync(Cancelled));
        }
    }

    [Fact]
    public async Task A_throttled_answer_names_the_wait_only_when_told_to()
    {
        Store.Faults.Add(FaultKind.TooManyRequests);
        Store.Faults.Add(new Fault(FaultKind.TooManyRequests) { Times = 1, Seconds = 7 });
        using var silent = await client.GetAsync(onePage, Cancelled);
        using var named = await client.GetAsync(onePage, Cancelled);
        Assert.Null(silent.Headers.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), named.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_truncated_answer_ends_well_for_HTTP_but_not_for_JSON()
    {
        Store.Faults.Add(FaultKind.Truncated);
        var text = await client.GetStringAsync(onePage, Cancelled);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
    }

    [Theory]
    [InlineData(FaultKind.Broken)]
    [InlineData(FaultKind.Reset)]
    public async Task A_broken_connection_is_an_error_of_the_transport(FaultKind kind)
    {
        Store.Faults.Add(kind);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(onePage, Cancelled));
    }

    [Fact]
    public async Task An_endless_answer_goes_on_past_any_cap()
    {
        Store.Faults.Add(FaultKind.Endless);
        using var answer = await client.GetAsync(onePage, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        var buffer = new byte[5_000_000];
        await body.ReadExactlyAsync(buffer, Cancelled);
    }

    [Fact]
    public async Task A_slow_answer_drips_with_the_clock()
    {
        Store.Faults.Add(new Fault(FaultKind.Drip) { Times = 1, Seconds = 10 });
        using var answer = await client.GetAsync(onePage, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        Assert.Equal(64, await body.ReadAtLeastAsync(new byte[4096], 64, cancellationToken: Cancelled));
        var more = body.ReadAtLeastAsync(new byte[4096], 64, cancellationToken: Cancelled).AsTask();
        while (!more.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
        Assert.True(await more >= 64);
    }

    [Fact]
    public async Task A_redirect_names_where_to()
    {
        Store.Faults.Add(new Fault(FaultKind.Redirect) { Times = 1, Status = 301, Location = "http://169.254.169.254/" });
        using var answer = await client.GetAsync(onePage, Cancelled);
        Assert.Equal((HttpStatusCode.MovedPermanently, "http://169.254.169.254/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData(PoisonMode.InternalError, 500)]
    [InlineData(PoisonMode.FatalError, 500)]
    [InlineData(PoisonMode.NotFound, 404)]
    [InlineData(PoisonMode.Blank, 200)]
    [InlineData(PoisonMode.Truncated, 200)]
    public async Task A_poisoned_row_spoils_the_pages_that_hold_it_and_no_other(PoisonMode mode, int status)
    {
        Store.Poison.Add("products", Store.Products.All[1].Id, mode);
        using var spoilt = await client.GetAsync(onePage, Cancelled);
        Assert.Equal(status, (int)spoilt.StatusCode);
        var text = await spoilt.Content.ReadAsStringAsync(Cancelled);
        if (status == 200) Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
        using var next = await client.GetAsync(onePage + "&searchCriteria[currentPage]=2", Cancelled);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_page_over_the_limit_is_refused_with_the_limit()
    {
        (Store.Settings.MaximumPageSize, Store.Settings.DefaultPageSize) = (10, 3);
        using var over = await client.GetAsync("store/1/rest/V1/products?searchCriteria[pageSize]=11", Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, over.StatusCode);
        Assert.Equal("{\"message\":\"Maximum SearchCriteria pageSize is %max\",\"parameters\":{\"max\":10}}", await over.Content.ReadAsStringAsync(Cancelled));
        Assert.EndsWith("\"search_criteria\":{\"filter_groups\":[],\"page_size\":3},\"total_count\":20}", await client.GetStringAsync("store/1/rest/V1/products?searchCriteria=", Cancelled));
    }

    [Fact]
    public async Task An_old_store_repeats_its_last_page()
    {
        Store.Settings.RepeatsLastPage = true;
        var beyond = await client.GetStringAsync("store/1/rest/V1/products?searchCriteria[pageSize]=15&searchCriteria[currentPage]=9&fields=items[id]", Cancelled);
        Assert.Equal(5, JsonDocument.Parse(beyond).RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_held_request_waits_until_it_is_released()
    {
        var gate = Store.Gates.HoldNext("products");
        var asked = client.GetStringAsync(onePage, Cancelled);
        await gate.Reached.WaitAsync(Cancelled);
        Assert.False(asked.IsCompleted);
        Assert.Equal(1, Store.Traffic.Counts.InFlight);
        gate.Release();
        Assert.Contains("\"items\"", await asked);
    }

    [Fact]
    public async Task The_counters_tell_how_many_and_how_many_at_once()
    {
        Store.Traffic.Reset();
        var gates = Enumerable.Range(0, 3).Select(_ => Store.Gates.HoldNext("products")).ToList();
        var asked = gates.Select(_ => client.GetStringAsync(onePage, Cancelled)).ToList();
        await Task.WhenAll(gates.Select(gate => gate.Reached)).WaitAsync(Cancelled);
        gates.ForEach(gate => gate.Release());
        await Task.WhenAll(asked);
        // The count of a status follows the last byte, so the client may be the faster.
        while (Store.Traffic.Counts.InFlight > 0) await Task.Yield();
        var counts = Store.Traffic.Counts;
        Assert.Equal((3, 0, 3, 3, 6), (counts.Requests, counts.TokenRequests, counts.MostAtOnce, counts.MostAtOnceByPath["products"], counts.Records));
        Assert.Equal(3, counts.ByStatus[200]);
    }

    [Fact]
    public async Task Faults_and_counters_are_within_reach_of_other_processes()
    {
        using var set = await client.PostAsJsonAsync("control/store/1/faults", new { kind = "Maintenance", times = 1, path = "products" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        using var hit = await client.GetAsync(onePage, Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, hit.StatusCode);
        var stats = await client.GetFromJsonAsync<JsonElement>("control/store/1/stats", Cancelled);
        Assert.Equal(1, stats.GetProperty("byStatus").GetProperty("503").GetInt32());
    }
}
