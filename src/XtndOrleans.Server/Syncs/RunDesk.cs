using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Pages.Access;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Syncs;

/// <summary>What a person does with runs on a page. Each call asks for the role again.</summary>
public sealed class RunDesk(SignedIn who, IGrainFactory grains)
{
    /// <summary>Starts a run, or joins the one that is under way.</summary>
    /// <param name="connection">Of this connection.</param>
    /// <param name="entity">Of this entity.</param>
    /// <param name="request">Which run; null: what a due run would read.</param>
    public async Task<RunStarted> Start(Guid connection, string entity, RunRequest? request = null)
    {
        var id = await Of(connection, entity);
        return await grains.Sync(id).Start(request ?? new("manual"));
    }

    /// <summary>Whether what was asked for is not done: the run that was joined reads something else.</summary>
    public static bool IsLost(RunRequest request, RunStarted started) =>
        started.Joined && (request.Since is not null || request.ConfirmDeletions || (request.Mode == "full" && started.Run.Mode != "full"));

    /// <summary>Asks a run to end at the end of its page.</summary>
    public async Task Cancel(RunView run)
    {
        var id = await Of(Guid.ParseExact(run.ConnectionId, "N"), run.Entity);
        await grains.Sync(id).Cancel(Guid.ParseExact(run.Id, "N"));
    }

    async Task<EntityId> Of(Guid connection, string entity) => new(new(await who.Tenant(Policies.Operator), connection), entity);
}
