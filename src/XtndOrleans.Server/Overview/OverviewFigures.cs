using XtndOrleans.Engine.Overview;

namespace XtndOrleans.Server.Overview;

/// <summary>The numbers at the top of a tenant's front page: all of it that the page goes on holding.</summary>
/// <param name="Summary">Connections by status.</param>
/// <param name="UnderWay">The runs under way.</param>
/// <param name="Lead">How the tenant stands, in a sentence.</param>
/// <param name="Held">Records held.</param>
/// <param name="Changed">Changes in the last 24 hours.</param>
public sealed record OverviewFigures(TenantSummary Summary, RunsUnderWay UnderWay, string Lead, long Held, long Changed)
{
    internal static OverviewFigures Of(OverviewState state)
    {
        var concerns = state.Concerns ?? new([], 0);
        return new(
            state.Summary,
            state.UnderWay,
            OverviewTexts.Lead(state.Summary.Connections, state.Summary.Verified, concerns.Items.Count(concern => concern.Kind != ConcernKind.Paused), concerns.Total),
            state.Freshness?.Entities.Sum(entity => entity.Held) ?? 0,
            state.Changes?.LastDay ?? 0);
    }
}
