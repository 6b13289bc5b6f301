namespace XtndOrleans.Engine.Fleet;

/// <summary>The silos and their load, by Orleans' own management. A question to each silo, however many tenants there are; works in a frontend too.</summary>
public sealed class FleetSilos(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>A silo that died a moment ago still counts as one: the page does not wait for it.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The silos that are not dead, the oldest first. What a silo bears is null when not all of them answered in time.</summary>
    public async Task<IReadOnlyList<FleetSilo>> List(CancellationToken cancellationToken)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var members = (await management.GetDetailedHosts(false, cancellationToken).WaitAsync(Patience, clock, cancellationToken))
            .Where(member => member.Status is not SiloStatus.Dead).OrderBy(member => member.StartTime).ToList();
        var active = members.Where(member => member.Status is SiloStatus.Active).Select(member => member.SiloAddress).ToArray();
        var loads = await Loads(management, active, cancellationToken);
        return
        [
            .. members.Select(member => new FleetSilo(
                member.SiloName, member.SiloAddress.Endpoint.ToString(), member.Status.ToString().ToLowerInvariant(),
                new(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)), loads.GetValueOrDefault(member.SiloAddress))),
        ];
    }

    async Task<Dictionary<SiloAddress, FleetSiloLoad>> Loads(IManagementGrain management, SiloAddress[] active, CancellationToken cancellationToken)
    {
        try
        {
            var statistics = management.GetRuntimeStatistics(active, cancellationToken).WaitAsync(Patience, clock, cancellationToken);
            var works = await Works(management, cancellationToken);
            return active.Zip(await statistics, (silo, of) => (Silo: silo, Load: new FleetSiloLoad(
                of.ActivationCount, of.EnvironmentStatistics.FilteredCpuUsagePercentage, of.EnvironmentStatistics.FilteredMemoryUsageBytes,
                of.EnvironmentStatistics.MaximumAvailableMemoryBytes, works.GetValueOrDefault(silo)))).ToDictionary(pair => pair.Silo, pair => pair.Load);
        }
        catch (Exception silence) when (silence is OrleansException or TimeoutException)
        {
            return [];
        }
    }

    async Task<Dictionary<SiloAddress, SiloWork>> Works(IManagementGrain management, CancellationToken cancellationToken)
    {
        try
        {
            var told = await management.SendControlCommandToProvider<SiloReporter>(SiloReporter.Name, SiloReporter.Work, null, cancellationToken)
                .WaitAsync(Patience, clock, cancellationToken);
            return told.OfType<SiloWork>().ToDictionary(work => work.Silo);
        }
        catch (Exception silence) when (silence is OrleansException or TimeoutException or ArgumentException)
        {
            // A silo of a version that knows no such question.
            return [];
        }
    }
}
