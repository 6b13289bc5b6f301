using XtndOrleans.Engine;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Records;

/// <summary>What came of a refresh.</summary>
/// <param name="Outcome">unchanged, inserted, updated, deleted or absent.</param>
/// <param name="Fields">The store's names of what differed from what was held.</param>
/// <param name="Record">The record as it is held now, with its body; null when it was never held.</param>
public sealed record RefreshedRecord(string Outcome, IReadOnlyList<string> Fields, RecordView? Record);

/// <summary>What has been read from a store.</summary>
internal static class RecordEndpoints
{
    const string Fields = """
        "externalId":"17","key":"LAMP-1","sku":"LAMP-1","name":"Desk lamp","type":"simple","status":"enabled","price":129.90,"currency":null,"quantity":null,
        "sourceCreatedAt":"2026-01-07T09:00:00Z","sourceUpdatedAt":"2026-11-22T21:10:00Z","firstSeenAt":"2026-11-23T08:05:02Z","changedAt":"2026-11-23T08:05:02Z",
        "deletedAt":null,"seq":17
        """;

    const string Change = """{"seq":17,"op":"upsert","externalId":"17","changedAt":"2026-11-23T08:05:02Z","body":{"id":17,"sku":"LAMP-1","price":129.90}}""";

    const string Difference = """{"seq":17,"op":"update","at":"2026-11-23T08:05:02Z","runId":"0199f3a1c2b47d5e8a6f0b1c2d3e4f53","fields":["price"]}""";

    public static IEndpointRouteBuilder MapRecords(this IEndpointRouteBuilder routes)
    {
        var connection = routes.MapGroup("/connections/{connection:guid}").WithTags("Records").RequireAuthorization(Policies.Viewer);

        connection.MapGet("/records/{entity}", List)
            .Says("List the records", "By external id, with the canonical fields. q: a key or its beginning, an external id, or a part of a name or e-mail address.")
            .Gives<ListPage<RecordView>>(200, $$"""{"items":[{{{Fields}}}],"next":null}""");
        connection.MapGet("/records/{entity}/count", (EntityScope scope, RecordQueries queries, CancellationToken stop) => queries.Count(scope.Id, stop))
            .Says("Count the records", "Those that are there, and those that are gone.")
            .Gives<RecordCount>(200, """{"count":2000,"deleted":3}""");
        connection.MapGet("/records/{entity}/{externalId}", Get)
            .Says("Read a record", "With its body: the store's own JSON, every field, numbers exact.")
            .Gives<RecordView>(200, $$$"""{{{{Fields}}},"body":{"id":17,"sku":"LAMP-1","price":129.90}}""");
        connection.MapGet("/records/{entity}/{externalId}/history", History)
            .Says("Read a record's history", "When it was first seen, and each change since, newest first, with the run that saw it and the names of what differed.")
            .Gives<RecordHistory>(200, $$"""{"firstSeenAt":"2026-11-20T08:05:02Z","items":[{{Difference}}],"next":null}""");
        connection.MapPost("/records/{entity}/{externalId}/refresh", Refresh).RequireAuthorization(Policies.Operator)
            .Says("Refresh a record", "Reads this one record from the store now and writes it. outcome: unchanged, inserted, updated, deleted (the store has it no longer), or absent (neither the store has it nor we; then record is null).")
            .Gives<RefreshedRecord>(200, $$$"""{"outcome":"updated","fields":["price"],"record":{{{{Fields}}},"body":{"id":17,"sku":"LAMP-1","price":129.90} } }""")
            .Refuses(409, 422);
        connection.MapGet("/changes/{entity}", Changes)
            .Says("Read the changes", "In the order of their commits. Keep next and give it as after: nothing is missed, and what was read can be read again.")
            .Gives<ChangePage>(200, $$"""{"items":[{{Change}}],"next":17,"more":false}""");
        connection.MapExport();
        return routes.MapLedger();
    }

    static Task<ListPage<RecordView>> List(
        EntityScope scope, RecordQueries queries, string? q, DateTimeOffset? updatedSince, bool? includeDeleted, int? limit, string? cursor, HttpContext context,
        CancellationToken stop)
    {
        Lists.CheckTime(context, nameof(updatedSince));
        var part = Lists.Request(limit, cursor);
        return queries.List(scope.Id, new(q, updatedSince, includeDeleted is true), part.Limit, part.Cursor, stop);
    }

    static async Task<RecordView> Get(RecordScope record, RecordQueries queries, CancellationToken stop) =>
        await queries.Find(record.Id, record.ExternalId, stop) ?? throw ProblemException.NotFound("record");

    static async Task<RecordHistory> History(RecordScope record, LedgerQueries queries, int? limit, string? cursor, CancellationToken stop) =>
        await queries.History(record.Id, record.ExternalId, Lists.Request(limit, cursor), stop) ?? throw ProblemException.NotFound("record");

    static async Task<RefreshedRecord> Refresh(RecordScope record, IGrainFactory grains, RecordQueries queries, CancellationToken stop)
    {
        var result = await grains.Sync(record.Id).Refresh(record.ExternalId);
        return new(result.Outcome, result.Fields, await queries.Find(record.Id, record.ExternalId, stop));
    }

    static Task<ChangePage> Changes(EntityScope scope, RecordQueries queries, long? after, int? limit, CancellationToken stop) => after is < 0
        ? throw Lists.Wrong("after", "Give the next of the part before, or 0 to begin.")
        : queries.Changes(scope.Id, after ?? 0, Lists.Request(limit, null).Limit, stop);
}
