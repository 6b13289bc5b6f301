using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Syncs;

/// <summary>A run to start.</summary>
/// <param name="Entity">What to read: product, order, invoice, shipment, accounting, customer, stock.</param>
/// <param name="Mode">incremental or full; left out: incremental when the entity was once read whole, else full.</param>
/// <param name="Since">Read what changed since then; only with incremental.</param>
/// <param name="ConfirmDeletions">It is right that much is gone from the store; only with full, and makes it full.</param>
/// <param name="DryRun">Only tell how many records would be read.</param>
public sealed record RunInput([property: Required] string? Entity, string? Mode, DateTimeOffset? Since, bool? ConfirmDeletions = null, bool? DryRun = null);

/// <summary>The runs of a connection.</summary>
internal static class RunEndpoints
{
    internal const string Example = """
        {"id":"0199f3a1c2b47d5e8a6f0b1c2d3e4f53","connectionId":"0199f3a1c2b47d5e8a6f0b1c2d3e4f52","entity":"product","mode":"full","trigger":"manual","state":"running",
         "startedAt":"2026-11-23T08:05:00Z","finishedAt":null,"pages":12,"seen":1200,"inserted":1180,"updated":15,"unchanged":5,"deleted":0,"quarantined":0,
         "requests":14,"retries":1,"bytes":5812331,"total":2803,"etaSeconds":9,"resumes":0,"error":null,"waiting":null,
         "missing":null,"confirmDeletions":false}
        """;

    const string StartText = """
        Answers 202 at once. While the entity already runs: 200 with that run and "joined": true. The schedule does not move. A full run that finds too much gone
        fails with mass_deletion_suspected; "confirmDeletions": true says that it is right. With "dryRun": true nothing is read: 200 {wouldRead, of, since} tells how
        many records a run from "since" on would read.
        """;

    static readonly string[] States = ["queued", "running", "succeeded", "failed", "cancelled"];

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/connections/{connection:guid}/runs").WithTags("Runs");

        runs.MapPost("", Start).RequireAuthorization(Policies.Operator)
            .Says("Start a run", StartText)
            .Takes("""{"entity":"product","mode":"incremental"}""").Gives<RunView>(202, Example).Gives<RunView>(200, Example).Refuses(409);
        runs.MapGet("", List).RequireAuthorization(Policies.Viewer)
            .Says("List the runs", "Newest first.")
            .Gives<ListPage<RunView>>(200, $$"""{"items":[{{Example}}],"next":null}""");
        runs.MapGet("/{run:guid}", Get).RequireAuthorization(Policies.Viewer)
            .Says("Read a run", "As far as it has come.")
            .Gives<RunView>(200, Example);
        runs.MapPost("/{run:guid}/cancel", Cancel).RequireAuthorization(Policies.Operator)
            .Says("Cancel a run", "It stops within five seconds, at the end of a page. One that has ended stays as it is.")
            .Gives<RunView>(202, Example);
        return routes.MapRunEvents();
    }

    static async Task<IResult> Start(ConnectionScope scope, RunInput? input, IGrainFactory grains)
    {
        var (entity, request) = Read(scope, input);
        if (input?.DryRun == true)
        {
            return TypedResults.Ok(await grains.Sync(entity).Estimate(request.Mode == "full" ? null : request.Since));
        }

        var started = await grains.Sync(entity).Start(request);
        var answer = JsonSerializer.SerializeToNode(started.Run, ApiJson.Options)!.AsObject();
        answer["joined"] = started.Joined;
        return started.Joined
            ? TypedResults.Ok(answer)
            : TypedResults.Accepted($"/api/v1/connections/{scope.Id}/runs/{started.Run.Id}", answer);
    }

    static (EntityId Entity, RunRequest Request) Read(ConnectionScope scope, RunInput? input)
    {
        var errors = new Dictionary<string, string[]>();
        if (input?.Entity is not { } entity || !scope.Has(entity))
        {
            errors["entity"] = [$"Give one of: {scope.Entities}."];
        }

        if (input?.Mode is not (null or "incremental" or "full"))
        {
            errors["mode"] = ["Give one of: incremental, full; or leave it out."];
        }

        if (input is { Since: not null, Mode: "full" })
        {
            errors["since"] = ["A full run reads everything. Leave since out, or give the mode incremental."];
        }

        if (input is { ConfirmDeletions: true } && (input.Mode is "incremental" || input.Since is not null))
        {
            errors["confirmDeletions"] = ["Only a full run finds deletions. Give the mode full, or leave mode and since out."];
        }

        return errors.Count == 0
            ? (new(scope.Id, input!.Entity!), Request(input))
            : throw new ProblemException(ProblemKind.Invalid, "invalid_run", errors.Values.First()[0]) { Errors = errors };
    }

    static RunRequest Request(RunInput input) =>
        new("manual", input.ConfirmDeletions == true ? "full" : input.Since is null ? input.Mode : "incremental", input.Since)
        {
            ConfirmDeletions = input.ConfirmDeletions == true,
        };

    static Task<ListPage<RunView>> List(
        ConnectionScope scope, RunQueries queries, string? entity, string? state, int? limit, string? cursor, CancellationToken stop) => queries.List(
            scope.Id, Lists.OneOf("entity", entity, [.. scope.System.Entities.Select(e => e.Entity)]), Lists.OneOf("state", state, States), Lists.Request(limit, cursor), stop);

    static async Task<RunView> Get(ConnectionScope scope, Guid run, RunQueries queries, CancellationToken stop) =>
        await queries.Find(scope.Id, run, stop) ?? throw ProblemException.NotFound("run");

    static async Task<IResult> Cancel(ConnectionScope scope, Guid run, RunQueries queries, IGrainFactory grains, CancellationToken stop)
    {
        var found = await Get(scope, run, queries, stop);
        if (!found.IsOver)
        {
            await grains.Sync(new(scope.Id, found.Entity)).Cancel(run);
            found = await Get(scope, run, queries, stop);
        }

        return TypedResults.Accepted($"/api/v1/connections/{scope.Id}/runs/{found.Id}", found);
    }
}
