using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Connections;

/// <summary>The stores that a tenant has linked.</summary>
internal static class ConnectionEndpoints
{
    const string ItemRoute = "/{connection:guid}";

    public static IEndpointRouteBuilder MapConnections(this IEndpointRouteBuilder routes)
    {
        var readers = routes.MapGroup("/connections").WithTags("Connections").RequireAuthorization(Policies.Viewer);
        var writers = routes.MapGroup("/connections").WithTags("Connections").RequireAuthorization(Policies.Operator);

        writers.MapPost("", Create)
            .Says("Make a connection", "Saves it unverified, with every schedule inactive. Verify it next. A store that asks for a second factor needs auth {kind: password, totpSecret} beside the user name and the password; an integration is auth {kind: integration, consumerKey, consumerSecret, accessToken, accessTokenSecret} in their place, or its accessToken alone where the store allows that.")
            .Takes(ConnectionExamples.Input).Gives<ConnectionView>(201, ConnectionExamples.One);
        readers.MapGet("", List)
            .Says("List the connections", "Oldest first.")
            .Gives<ListPage<ConnectionView>>(200, $$"""{"items":[{{ConnectionExamples.One}}],"next":null}""");
        readers.MapGet(ItemRoute, Get)
            .Says("Read a connection", "The header ETag names its version, for If-Match.")
            .Gives<ConnectionView>(200, ConnectionExamples.One);
        writers.MapPatch(ItemRoute, Update)
            .Says("Change a connection", "New credentials are proved against the store before they replace the old: refused, the old ones stay and keep working.")
            .Takes(ConnectionExamples.Change).Gives<ConnectionView>(200, ConnectionExamples.One).Refuses(412, 422);
        writers.MapDelete(ItemRoute, Delete)
            .Says("Delete a connection", "Stops its runs, removes its schedules, and erases its credentials and records.")
            .Gives(202);
        writers.MapPost(ItemRoute + "/pause", Pause)
            .Says("Pause a connection", "Runs stop at their next page; due slots are skipped until it is resumed.")
            .Takes("""{"note":"Moving to a new server"}""").Gives<ConnectionView>(200, ConnectionExamples.One);
        writers.MapPost(ItemRoute + "/resume", Resume)
            .Says("Resume a connection", "Ends a pause.")
            .Gives<ConnectionView>(200, ConnectionExamples.One);
        writers.MapPost("/verify", Try)
            .Says("Try a connection without saving it", "Takes what a create takes. Answers within ten seconds what works and, where it does not, what to do.")
            .Takes(ConnectionExamples.Input).Gives<Verification>(200, ConnectionExamples.Verification);
        writers.MapPost(ItemRoute + "/verify", Verify)
            .Says("Verify a connection", "Answers within ten seconds what works and, where it does not, what to do. Saves what it found.")
            .Gives<Verification>(200, ConnectionExamples.Verification);
        return routes;
    }

    static async Task<IResult> Create(ConnectionInput? input, Caller caller, ConnectionService service, ConnectionQueries queries, HttpContext context, CancellationToken stop)
    {
        var id = await service.Create(caller.Tenant, Draft(input));
        var saved = await Read(id, queries, context, stop);
        return TypedResults.Created($"/api/v1/connections/{saved.Id}", saved);
    }

    static Task<ListPage<ConnectionView>> List(Caller caller, ConnectionQueries queries, int? limit, string? cursor, CancellationToken stop) =>
        queries.List(caller.Tenant, Lists.Request(limit, cursor), stop);

    static Task<ConnectionView> Get(ConnectionScope scope, ConnectionQueries queries, HttpContext context, CancellationToken stop) =>
        Read(scope.Id, queries, context, stop);

    static async Task<ConnectionView> Update(
        ConnectionScope scope, ConnectionChange? input, IGrainFactory grains, ConnectionQueries queries, HttpContext context, CancellationToken stop)
    {
        var change = input ?? new(null, null, null, null, null);
        await grains.Connection(scope.Id).Update(change.Patch(context.Wanted()), stop);
        return await Read(scope.Id, queries, context, stop);
    }

    static async Task<IResult> Delete(ConnectionScope scope, ConnectionService service)
    {
        await service.BeginDelete(scope.Id);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    static async Task<ConnectionView> Pause(
        ConnectionScope scope, PauseInput? input, IGrainFactory grains, ConnectionQueries queries, HttpContext context, CancellationToken stop)
    {
        await grains.Connection(scope.Id).Pause(input?.Note);
        return await Read(scope.Id, queries, context, stop);
    }

    static async Task<ConnectionView> Resume(ConnectionScope scope, IGrainFactory grains, ConnectionQueries queries, HttpContext context, CancellationToken stop)
    {
        await grains.Connection(scope.Id).Resume();
        return await Read(scope.Id, queries, context, stop);
    }

    static Task<Verification> Try(ConnectionInput? input, Caller caller, ConnectionService service, CancellationToken stop) =>
        service.Try(caller.Tenant, Draft(input), stop);

    static Task<Verification> Verify(ConnectionScope scope, IGrainFactory grains, CancellationToken stop) => grains.Connection(scope.Id).Verify(stop);

    static ConnectionDraft Draft(ConnectionInput? input) => input?.Draft ?? new(null, null, null, null, null, null);

    static async Task<ConnectionView> Read(ConnectionId id, ConnectionQueries queries, HttpContext context, CancellationToken stop)
    {
        var found = await queries.Find(id, stop) ?? throw ProblemException.NotFound("connection");
        context.Tag(found.Version);
        return found;
    }
}
