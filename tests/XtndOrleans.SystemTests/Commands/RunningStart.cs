namespace XtndOrleans.SystemTests.Commands;

/// <summary>One first start that serves while its tests look at it.</summary>
[CollectionDefinition(nameof(RunningStart))]
public sealed class RunningStart : IAsyncLifetime, ICollectionFixture<RunningStart>
{
    Terminal? running;

    internal Home Home { get; } = new();

    internal Terminal Terminal => running!;

    public async ValueTask InitializeAsync()
    {
        running = Home.Run();
        await running.Shows("Ctrl-C stops everything.");
    }

    public async ValueTask DisposeAsync()
    {
        await Terminal.Signal("INT", Home.RunId);
        Assert.Equal(0, await running!.Ends());
        Home.AssertNothingRuns();
        Home.Dispose();
    }
}
