using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Onboarding;

/// <summary>Makes a run and watches it to its end.</summary>
internal sealed class RunFollower(ApiClient api, Screen screen, TimeProvider clock)
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>A run that is under way is joined. How it ended is said; one that failed is tried again by its schedule.</summary>
    public async Task Follow(string connection, string entity)
    {
        var began = clock.GetTimestamp();
        var run = await api.Post<RunView>($"connections/{connection}/runs", new { Entity = entity });
        var before = run.Seen;
        while (!run.IsOver)
        {
            screen.Progress(run, Speed());
            await Task.Delay(BetweenLooks, clock);
            run = await api.Get<RunView>($"connections/{connection}/runs/{run.Id}");
        }

        screen.Over(run, Speed());

        double Speed() => (run.Seen - before) / Math.Max(0.001, clock.GetElapsedTime(began).TotalSeconds);
    }
}
