using XtndOrleans.Engine;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Records;

/// <summary>Whether everything is held, and what could not be.</summary>
internal static class LedgerEndpoints
{
    const string Compared = """
        {"entity":"order","held":4812,"storeTotal":4812,"difference":0,"checkedAt":"2026-11-23T02:10:00Z","window":{"upToId":"4907"},"state":"complete","note":null,"quarantined":0}
        """;

    const string Parked = """
        {"externalId":"17","entity":"order","code":"store_error","reason":"The store cannot deliver this record.","reply":"Internal Error","firstSeenAt":"2026-11-23T02:08:00Z",
         "triedAt":"2026-11-23T03:08:00Z","attempts":2,"state":"open"}
        """;

    const string Cursor = """{"runId":"0199f3a1c2b47d5e8a6f0b1c2d3e4f53","mode":"incremental","watermark":"2026-11-23T02:00:00Z","closedAt":"2026-11-23T02:10:00Z"}""";

    public static IEndpointRouteBuilder MapLedger(this IEndpointRouteBuilder routes)
    {
        var connection = routes.MapGroup("/connections/{connection:guid}").WithTags("Completeness").RequireAuthorization(Policies.Viewer);

        connection.MapGet("/completeness", Completeness)
            .Says("Read the completeness ledger", "Per entity the store's own count beside ours, as last compared. state: complete, repairing (a difference is being read), differs, or unchecked: not compared yet; then held is all that is held, and storeTotal, difference, checkedAt and window are null.")
            .Gives<ListPage<CompletenessView>>(200, $$"""{"items":[{{Compared}}],"next":null}""");
        connection.MapGet("/quarantine", Quarantine)
            .Says("List what was set aside", "Records that the store could not deliver or that could not be read. Each run tries them again; they resolve by themselves.")
            .Gives<ListPage<QuarantineView>>(200, $$"""{"items":[{{Parked}}],"next":null}""");
        connection.MapGet("/cursors/{entity}", Cursors)
            .Says("List the last cursors", "Where each of the last fifty runs that succeeded left the cursor, newest first: a since to read again from.")
            .Gives<ListPage<CursorView>>(200, $$"""{"items":[{{Cursor}}],"next":null}""");
        return routes;
    }

    static async Task<ListPage<CompletenessView>> Completeness(ConnectionScope scope, LedgerQueries queries, CancellationToken stop) =>
        new(await queries.Completeness(scope.Id, scope.System.Entities.Select(entity => entity.Entity), stop), null);

    static Task<ListPage<QuarantineView>> Quarantine(
        ConnectionScope scope, LedgerQueries queries, string? entity, string? state, int? limit, string? cursor, CancellationToken stop)
    {
        var only = Lists.OneOf("state", state, "open", "resolved");
        return queries.Quarantine(
            scope.Id, Lists.OneOf("entity", entity, [.. scope.System.Entities.Select(e => e.Entity)]), only is null ? null : only == "open", Lists.Request(limit, cursor), stop);
    }

    static async Task<ListPage<CursorView>> Cursors(EntityScope scope, LedgerQueries queries, CancellationToken stop) => new(await queries.Cursors(scope.Id, stop), null);
}
