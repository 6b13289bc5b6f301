using System.Net;
using XtndOrleans.Engine;

namespace XtndOrleans.Tests.Server;

public sealed class RunFacts
{
    [Fact]
    public async Task A_run_is_started_joined_read_listed_and_cancelled()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var runs = $"connections/{await tenant.Connection()}/runs";
        var started = await tenant.Owner.Post(runs, new { entity = "product", mode = "full" });
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        Assert.False(started.Body["joined"]!.GetValue<bool>());
        var id = started.Body["id"]!.GetValue<string>();
        Assert.EndsWith($"{runs}/{id}", started.Message.Headers.Location!.ToString());
        var joined = await tenant.Owner.Post(runs, new { entity = "product" });
        Assert.Equal((HttpStatusCode.OK, true, id), (joined.Status, joined.Body["joined"]!.GetValue<bool>(), joined.Body["id"]!.GetValue<string>()));

        var other = (await tenant.Owner.Post(runs, new { entity = "order", since = "2026-11-01T00:00:00+01:00" })).Body;
        Assert.Equal("incremental", other["mode"]!.GetValue<string>());
        Assert.Equal([other["id"]!.GetValue<string>(), id], (await tenant.Owner.Get(runs)).Body["items"]!.AsArray().Select(run => run!["id"]!.GetValue<string>()));
        Assert.Single((await tenant.Owner.Get($"{runs}?entity=product&state=running")).Body["items"]!.AsArray());
        Assert.Empty((await tenant.Owner.Get($"{runs}?state=failed")).Body["items"]!.AsArray());

        var cancelled = await tenant.Owner.Post($"{runs}/{id}/cancel");
        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (cancelled.Status, cancelled.Body["state"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Accepted, (await tenant.Owner.Post($"{runs}/{id}/cancel")).Status);
    }

    [Theory]
    [InlineData("""{"entity":"fax"}""", "entity")]
    [InlineData("""{}""", "entity")]
    [InlineData("""{"entity":"product","mode":"half"}""", "mode")]
    [InlineData("""{"entity":"product","mode":"full","since":"2026-11-01T00:00:00Z"}""", "since")]
    [InlineData("""{"entity":"product","mode":"incremental","confirmDeletions":true}""", "confirmDeletions")]
    [InlineData("""{"entity":"product","since":"2026-11-01T00:00:00Z","confirmDeletions":true}""", "confirmDeletions")]
    [InlineData("""{"entity":"product","since":"yesterday"}""", "since")]
    [InlineData("""{"entity":"product","since":"2026-11-01T00:00:00"}""", "since")]
    public async Task A_run_that_cannot_be_is_refused_with_the_field(string body, string field)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var answer = await tenant.Owner.Call(HttpMethod.Post, $"connections/{await tenant.Connection()}/runs", new StringContent(body, null, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("ive", answer.Body["errors"]![field]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_read_and_starts_nothing()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var runs = $"connections/{await tenant.Connection()}/runs";
        var told = await tenant.Owner.Post(runs, new { entity = "product", since = "2026-11-01T00:00:00Z", dryRun = true });

        Assert.Equal(HttpStatusCode.OK, told.Status);
        Assert.Equal((12, 340, "2026-11-01T00:00:00Z"), (told.Body["wouldRead"]!.GetValue<long>(), told.Body["of"]!.GetValue<long>(), told.Body["since"]!.GetValue<string>()));
        Assert.Empty((await tenant.Owner.Get(runs)).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task Deletions_are_confirmed_for_a_full_run()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var run = await tenant.Owner.Post($"connections/{await tenant.Connection()}/runs", new { entity = "product", confirmDeletions = true });
        Assert.Equal((HttpStatusCode.Accepted, "full"), (run.Status, run.Body["mode"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_run_shows_how_far_it_is_and_when_it_will_end()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var runs = $"connections/{await tenant.Connection()}/runs";
        var id = (await tenant.Owner.Post(runs, new { entity = "product" })).Body["id"]!.GetValue<string>();
        await tenant.World.Database.Scalar(
            "UPDATE xtnd.run SET seen = 1000, total = 3000, started_at = $2, error_code = 'x', error_message = 'm' WHERE id = $1",
            Guid.Parse(id), TimeProvider.System.GetUtcNow().AddSeconds(-100));
        var run = (await tenant.Owner.Get($"{runs}/{id}")).Body;
        Assert.InRange(run["etaSeconds"]!.GetValue<long>(), 200, 230);
        Assert.Equal("x", run["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_the_engine_refuses_is_said_as_it_is()
    {
        await using var world = await ApiWorld.Start();
        var tenant = await world.Tenant();
        var path = $"connections/{await tenant.Connection()}";
        foreach (var (kind, status) in new[] { (ProblemKind.Conflict, 409), (ProblemKind.Refused, 422), (ProblemKind.Invalid, 400), (ProblemKind.NotFound, 404), (ProblemKind.Stale, 412) })
        {
            world.Grains.Failure = new ProblemException(kind, "some_code", "Do this.") { Errors = { ["field"] = ["cure"] } };
            var answer = await tenant.Owner.Post($"{path}/runs", new { entity = "product" });
            Assert.Equal((status, "some_code", "Do this."), ((int)answer.Status, answer.Code, answer.Body["detail"]!.GetValue<string>()));
            Assert.Equal("cure", answer.Body["errors"]!["field"]![0]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_silo_that_does_not_answer_is_a_problem_of_ours_that_passes()
    {
        await using var world = await ApiWorld.Start();
        var tenant = await world.Tenant();
        var path = $"connections/{await tenant.Connection()}";
        foreach (var failure in new Exception[] { new TimeoutException("grain conn/secret"), new Orleans.Runtime.SiloUnavailableException("10.0.0.7"), new Orleans.Runtime.OrleansException("silo stopping") })
        {
            world.Grains.Failure = failure;
            var answer = await tenant.Owner.Post($"{path}/verify");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"), (answer.Status, answer.Code));
            Assert.NotNull(answer.Message.Headers.RetryAfter);
            Assert.DoesNotContain(failure.Message, answer.Body.ToJsonString());
        }

        world.Grains.Failure = new InvalidOperationException("SELECT password FROM secrets");
        var bug = await tenant.Owner.Post($"{path}/verify");
        Assert.Equal((HttpStatusCode.InternalServerError, "internal_error"), (bug.Status, bug.Code));
        Assert.DoesNotContain("SELECT", bug.Body.ToJsonString());
        Assert.Contains(world.Logs.Lines, line => line.Contains(bug.Body["requestId"]!.GetValue<string>()));
    }
}
