using XtndOrleans.Engine.Fleet;

namespace XtndOrleans.Server.Fleet;

/// <summary>What the platform's page shows. The first answer hands it to the circuit, so that nothing is asked twice.</summary>
/// <param name="Now">What is so at this moment.</param>
/// <param name="Plan">What the schedules ask for.</param>
/// <param name="Silos">The silos; null when they could not be asked.</param>
public sealed record FleetState(FleetNow Now, FleetPlan Plan, IReadOnlyList<FleetSilo>? Silos)
{
    internal static async Task<FleetState> Load(FleetQueries queries, FleetSilos silos, CancellationToken cancellationToken) =>
        new(await queries.Now(cancellationToken), await queries.Plan(cancellationToken), await Ask(silos, cancellationToken));

    internal async Task<FleetState> Again(FleetQueries queries, FleetSilos silos, CancellationToken cancellationToken) =>
        this with { Now = await queries.Now(cancellationToken), Silos = await Ask(silos, cancellationToken) };

    // A cluster without a silo is what the page must be able to show.
    static async Task<IReadOnlyList<FleetSilo>?> Ask(FleetSilos silos, CancellationToken cancellationToken)
    {
        try
        {
            return await silos.List(cancellationToken);
        }
        catch (Exception silence) when (silence is OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
