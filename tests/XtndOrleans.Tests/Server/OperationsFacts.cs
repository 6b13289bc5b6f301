using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Tests.Server;

public sealed class OperationsFacts
{
    [Fact]
    public async Task It_is_ready_while_the_database_answers_and_alive_even_when_not()
    {
        await using var world = await ApiWorld.Start();
        var client = world.Client(null);
        Assert.Equal("healthy", (await client.Get("/health/ready")).Body["checks"]!["database"]!.GetValue<string>());
        await world.Database.DataSource.DisposeAsync();
        var unready = await client.Get("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (unready.Status, unready.Body["status"]!.GetValue<string>()));
        Assert.Equal("""{"status":"unhealthy","checks":{"database":"unhealthy"}}""", unready.Body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/health/live")).Status);
    }

    [Fact]
    public async Task Metrics_are_given_as_Prometheus_reads_them()
    {
        var world = await ApiWorld.Shared;
        await world.Platform.Get("systems");
        var answer = await world.Client(null).GetAsync("/metrics", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("http_server_request_duration_seconds", text);

        // Whoever reads them must not learn which stores the tenants have; the requests of this test stand for those to stores.
        var asked = text.Split('\n').Where(line => line.StartsWith("http_client_", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, line => Assert.DoesNotMatch("server_address|server_port|peer_address|127\\.0\\.0\\.1", line));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher")]
    public async Task What_repeats_addresses_or_what_is_typed_is_logged_at_no_level_whatever_the_configuration_says(string category)
    {
        await using var world = await ApiWorld.Start();
        var configured = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LogLevel:Default"] = "Trace",
            [$"LogLevel:{category}"] = "Trace",
            [$"{nameof(CollectedLogs)}:LogLevel:Default"] = "Trace",
            [$"{typeof(CollectedLogs).FullName}:LogLevel:{category}"] = "Trace",
        }).Build();
        using var services = new ServiceCollection().AddLogging(logging => logging.AddConfiguration(configured).AddProvider(world.Logs)).AddSilentLogs().BuildServiceProvider();
        var logs = services.GetRequiredService<ILoggerFactory>();
        Assert.True(logs.CreateLogger("Microsoft.AspNetCore").IsEnabled(LogLevel.Trace));
        Assert.False(logs.CreateLogger(category).IsEnabled(LogLevel.Information));
        Assert.True(logs.CreateLogger(category).IsEnabled(LogLevel.Warning));
    }

    [Fact]
    public async Task No_answer_and_no_log_line_holds_a_secret()
    {
        await using var world = await ApiWorld.Start();
        var tenant = await world.Tenant();
        var answers = new List<string>();
        var id = await tenant.Connection();
        answers.Add((await tenant.Owner.Post("connections", TestTenant.Draft(), ("Idempotency-Key", "k"))).Body.ToJsonString());
        answers.Add((await tenant.Owner.Patch($"connections/{id}", new { secret = "TheStoresPassword78" })).Body.ToJsonString());
        answers.Add((await tenant.Owner.Post("connections/verify", TestTenant.Draft())).Body.ToJsonString());
        answers.Add((await tenant.Owner.Get("connections")).Body.ToJsonString());
        var link = (await tenant.Owner.Post($"tenants/{tenant.Id}/sign-in-links", new { })).Body["url"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await world.Client(null).GetAsync(new Uri(link), TestContext.Current.CancellationToken)).StatusCode);
        answers.Add((await tenant.Owner.Call(HttpMethod.Post, "connections", new StringContent("""{"secret":"TheStoresPassword79"]""", null, "application/json"))).Body.ToJsonString());
        answers.Add((await tenant.Owner.Call(HttpMethod.Post, "connections", new StringContent("""{"secret":["TheStoresPassword79"]}""", null, "application/json"))).Body.ToJsonString());
        world.Grains.Failure = new InvalidOperationException("a bug");
        answers.Add((await tenant.Owner.Post("connections", TestTenant.Draft())).Body.ToJsonString());

        Assert.Contains("TheStoresPassword78", world.Grains.Secrets);
        Assert.NotEmpty(world.Logs.Lines);
        Assert.All(answers.Concat(world.Logs.Lines), text =>
        {
            Assert.DoesNotContain("TheStoresPassword", text);
            Assert.DoesNotContain(tenant.OwnerKey[37..], text);
            Assert.DoesNotContain(link[^64..], text);
            Assert.DoesNotContain(ApiWorld.PlatformKey, text);
        });
    }
}
