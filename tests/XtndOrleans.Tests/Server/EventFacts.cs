using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Tests.Server;

public sealed class EventFacts
{
    [Fact]
    public async Task A_run_is_seen_from_its_state_at_once_to_its_end()
    {
        await using var watched = await Watched.Start();
        Assert.Equal(0, (await watched.Next()).Seen);
        await watched.Subscribed(1);
        watched.Sync.Move(100);
        Assert.Equal(100, (await watched.Next()).Seen);
        await watched.Sync.End("succeeded", tell: true);
        Assert.Equal("succeeded", (await watched.Next()).State);
    }

    [Fact]
    public async Task The_stream_goes_on_when_a_silo_ends_and_tells_an_end_that_nobody_saw()
    {
        await using var watched = await Watched.Start();
        await watched.Next();
        await watched.Subscribed(1);
        watched.Sync.Break();
        await watched.Subscribed(2);
        Assert.Equal("running", (await watched.Next()).State);
        watched.Sync.Move(7);
        Assert.Equal(7, (await watched.Next()).Seen);

        await watched.Sync.End("failed", tell: false);
        watched.Sync.Break();
        Assert.Equal("failed", (await watched.Next()).State);
    }

    [Fact]
    public async Task The_stream_of_a_key_that_was_ended_ends()
    {
        await using var watched = await Watched.Start();
        await watched.Next();
        await watched.Tenant.World.Database.Scalar("UPDATE xtnd.api_key SET revoked_at = created_at WHERE tenant_id = $1", Guid.Parse(watched.Tenant.Id));
        await watched.End(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_quiet_stream_beats_every_fifteen_seconds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await ApiWorld.Start(clock);
        var tenant = await world.Tenant();
        var answer = await tenant.Owner.GetAsync($"connections/{await tenant.Connection()}/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var began = clock.GetUtcNow();
        var line = lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        await Until.True(async () =>
        {
            if (!line.IsCompleted)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return false;
            }

            var isBeat = await line == ": heartbeat";
            line = lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
            return isBeat;
        });
        Assert.True(clock.GetUtcNow() - began >= TimeSpan.FromSeconds(15));
    }

    sealed class Watched(TestTenant tenant, FakeSync sync, HttpResponseMessage answer, StreamReader lines) : IAsyncDisposable
    {
        public TestTenant Tenant => tenant;

        public FakeSync Sync => sync;

        public static async Task<Watched> Start()
        {
            var tenant = await (await ApiWorld.Shared).Tenant();
            var id = await tenant.Connection();
            await tenant.Owner.Post($"connections/{id}/runs", new { entity = "product" });
            var answer = await tenant.Owner.GetAsync($"connections/{id}/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            var sync = tenant.World.Grains.Sync(new EntityId(new(Guid.Parse(tenant.Id), Guid.Parse(id)), "product"));
            return new(tenant, sync, answer, new(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        }

        public Task Subscribed(int times) => Until.True(() => Task.FromResult(sync.Watchers >= times));

        public async Task<(string State, long Seen)> Next()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            while (await lines.ReadLineAsync(limit.Token) is { } line)
            {
                if (line == "event: run")
                {
                    var run = JsonNode.Parse((await lines.ReadLineAsync(limit.Token))!["data: ".Length..])!;
                    return (run["state"]!.GetValue<string>(), run["seen"]!.GetValue<long>());
                }
            }

            throw new EndOfStreamException();
        }

        public async Task End(TimeSpan within)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(within);
            await lines.ReadToEndAsync(limit.Token);
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            lines.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
