using System.ComponentModel.DataAnnotations;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Schedules;

/// <summary>A schedule to set.</summary>
/// <param name="Frequency">hourly, daily or weekly.</param>
/// <param name="Active">Whether it runs at all.</param>
/// <param name="StartDate">The first day, 2017-02-27; a day in the past is fine.</param>
/// <param name="TimeOfDay">The time of day, 08:05; hourly uses its minute.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Sweep">How often the whole entity is read: nightly, weekly or off; left out: as it is.</param>
public sealed record ScheduleInput(
    [property: Required] string? Frequency,
    [property: Required] bool? Active,
    [property: Required] string? StartDate,
    [property: Required] string? TimeOfDay,
    string? TimeZone,
    string? Sweep)
{
    internal ScheduleDraft Draft(long? version) => new(Frequency, Active, StartDate, TimeOfDay, TimeZone) { IfVersion = version, Sweep = Sweep };
}

/// <summary>When each entity of a connection is synchronised.</summary>
internal static class ScheduleEndpoints
{
    const string Input = """{"frequency":"daily","active":true,"startDate":"2017-02-27","timeOfDay":"08:05","timeZone":"Europe/Stockholm","sweep":"nightly"}""";

    const string Example = """
        {"entity":"product","frequency":"daily","active":true,"startDate":"2017-02-27","timeOfDay":"08:05","timeZone":"Europe/Stockholm",
         "nextRunAt":"2026-11-24T07:05:00Z","nextRuns":[{"at":"2026-11-24T07:05:00Z","local":"2026-11-24 08:05","note":null}],"version":2,"sweep":"nightly",
         "nextSweepAt":"2026-11-24T01:42:00Z"}
        """;

    const string Slot = """{"dueAt":"2026-11-23T07:05:00Z","outcome":"ran","runId":"0199f3a1c2b47d5e8a6f0b1c2d3e4f53","delaySeconds":1}""";

    public static IEndpointRouteBuilder MapSchedules(this IEndpointRouteBuilder routes)
    {
        var schedules = routes.MapGroup("/connections/{connection:guid}/schedules").WithTags("Schedules");

        schedules.MapGet("", List).RequireAuthorization(Policies.Viewer)
            .Says("List the schedules", "One for each entity of the connection.")
            .Gives<ListPage<ScheduleView>>(200, $$"""{"items":[{{Example}}],"next":null}""");
        schedules.MapGet("/{entity}", Get).RequireAuthorization(Policies.Viewer)
            .Says("Read a schedule", "With its next ten runs while it is active. The header ETag names its version, for If-Match.")
            .Gives<ScheduleView>(200, Example);
        schedules.MapPut("/{entity}", Set).RequireAuthorization(Policies.Operator)
            .Says("Set a schedule", "Wall clock of the zone: a time that the zone skips runs at the first valid minute, one that comes twice runs once, at the first. A sweep reads the whole entity, in the small hours of the connection's zone.")
            .Takes(Input).Gives<ScheduleView>(200, Example).Refuses(412);
        schedules.MapGet("/{entity}/slots", Slots).RequireAuthorization(Policies.Viewer)
            .Says("List the due slots", "What became of each, newest first.")
            .Gives<ListPage<SlotView>>(200, $$"""{"items":[{{Slot}}],"next":null}""");
        return routes;
    }

    static async Task<ListPage<ScheduleView>> List(ConnectionScope scope, ScheduleQueries queries, CancellationToken stop) =>
        new(await queries.List(scope.Id, stop), null);

    static Task<ScheduleView> Get(EntityScope scope, ScheduleQueries queries, HttpContext context, CancellationToken stop) => Read(scope, queries, context, stop);

    static async Task<ScheduleView> Set(EntityScope scope, ScheduleInput? input, IGrainFactory grains, ScheduleQueries queries, HttpContext context, CancellationToken stop)
    {
        var schedule = input ?? new(null, null, null, null, null, null);
        await grains.Schedule(scope.Id).Set(schedule.Draft(context.Wanted()));
        return await Read(scope, queries, context, stop);
    }

    static Task<ListPage<SlotView>> Slots(EntityScope scope, ScheduleQueries queries, int? limit, string? cursor, CancellationToken stop) =>
        queries.Slots(scope.Id, Lists.Request(limit, cursor), stop);

    static async Task<ScheduleView> Read(EntityScope scope, ScheduleQueries queries, HttpContext context, CancellationToken stop)
    {
        var found = await queries.Find(scope.Id, stop) ?? throw ProblemException.NotFound("schedule");
        context.Tag(found.Version);
        return found;
    }
}
