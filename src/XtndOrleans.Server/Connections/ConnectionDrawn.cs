using Microsoft.AspNetCore.Components;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Pages.Shared;
using XtndOrleans.Server.Syncs;

namespace XtndOrleans.Server.Connections;

/// <summary>What a connection's page keeps while it is open: what moves, and what does not as it was drawn.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Facts">What is known of it and its store.</param>
/// <param name="IsIdle">Whether none of its schedules is active.</param>
/// <param name="Held">How many records are held of all entities.</param>
/// <param name="Entities">Its entities, in its system's order.</param>
public sealed record ConnectionDrawn(ConnectionView Connection, MarkupString Facts, bool IsIdle, long Held, IReadOnlyList<EntityDrawn> Entities)
{
    /// <summary>Draws what was read.</summary>
    public static async Task<ConnectionDrawn> Of(ConnectionState read, Still still)
    {
        List<EntityDrawn> drawn = [];
        foreach (var entity in read.Entities)
        {
            drawn.Add(await EntityDrawn.Of(read.Connection, entity, still));
        }

        var facts = await still.Draw<ConnectionFacts>(new() { [nameof(ConnectionFacts.Connection)] = read.Connection });
        return new(read.Connection, facts, read.Entities.All(entity => !entity.Schedule.Active), read.Entities.Sum(entity => entity.Now.Count), drawn);
    }
}

/// <summary>An entity's card.</summary>
/// <param name="Entity">Its name.</param>
/// <param name="LastRun">The last run; null when there was none.</param>
/// <param name="Facts">How it stands.</param>
/// <param name="Run">The last run, for as long as nothing is heard of it.</param>
/// <param name="Past">Its last runs and slots.</param>
public sealed record EntityDrawn(string Entity, RunView? LastRun, MarkupString Facts, MarkupString Run, MarkupString Past)
{
    /// <summary>The run to show: the one that was heard of last, unless a newer one or its end has been read since.</summary>
    public RunView? Shown(RunView? heard) => (LastRun, heard) switch
    {
        (null, _) => heard,
        (_, null) => LastRun,
        var (read, told) => string.CompareOrdinal(read.Id, told.Id) > 0 || (read.Id == told.Id && read.IsOver) ? read : told,
    };

    /// <summary>Draws what was read.</summary>
    public static async Task<EntityDrawn> Of(ConnectionView connection, EntityState read, Still still)
    {
        var facts = await still.Draw<EntityFacts>(new() { [nameof(EntityFacts.Connection)] = connection, [nameof(EntityFacts.State)] = read });
        var run = await still.Draw<LiveRun>(new() { [nameof(LiveRun.Run)] = read.Now.LastRun, [nameof(LiveRun.Zone)] = connection.TimeZone });
        var past = await still.Draw<EntityPast>(new()
        {
            [nameof(EntityPast.Runs)] = read.Runs,
            [nameof(EntityPast.Slots)] = read.Slots,
            [nameof(EntityPast.Zone)] = connection.TimeZone,
        });
        return new(read.Entity, read.Now.LastRun, facts, run, past);
    }
}
