using XtndOrleans.Engine.Overview;

namespace XtndOrleans.Server.Overview;

/// <summary>What a tenant's front page is drawn from.</summary>
/// <param name="Summary">Connections by status.</param>
/// <param name="UnderWay">The runs under way.</param>
/// <param name="Concerns">What a person is needed for; null while there is no connection, as all that follows.</param>
/// <param name="Freshness">What is fresh and what is not.</param>
/// <param name="Changes">Records a day.</param>
public sealed record OverviewState(TenantSummary Summary, RunsUnderWay UnderWay, Concerns? Concerns, TenantFreshness? Freshness, ChangesByDay? Changes)
{
    internal static async Task<OverviewState> Load(OverviewQueries queries, Guid tenant, CancellationToken cancellationToken)
    {
        var summary = await queries.Summary(tenant, cancellationToken);
        if (summary.Connections == 0)
        {
            return new(summary, new(0, 0, []), null, null, null);
        }

        var underWay = await queries.UnderWay(tenant, cancellationToken);
        var health = await queries.Health(tenant, cancellationToken);
        return new(summary, underWay, health.Concerns, health.Freshness, await queries.Changes(tenant, summary.Zone, cancellationToken));
    }
}
