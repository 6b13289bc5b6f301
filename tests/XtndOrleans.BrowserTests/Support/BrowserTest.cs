namespace XtndOrleans.BrowserTests.Support;

/// <summary>
/// A test in a browser. When it ends, each tab that it opened must be quiet (<see cref="Watch"/>); when it fails, the picture and the text of
/// each are kept.
/// </summary>
public abstract class BrowserTest(Chromium chromium, BrowserWorld world) : IAsyncLifetime
{
    readonly List<Tab> tabs = [];

    internal BrowserWorld World => world;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed;
        try
        {
            if (hasFailed || tabs.Exists(tab => tab.Watch.Problems.Count > 0))
            {
                await KeepEvidence();
            }

            // The first failure is the one to read; what the tabs say beside it is in the output.
            if (!hasFailed)
            {
                tabs.ForEach(tab => tab.AssertQuiet());
            }
        }
        finally
        {
            foreach (var tab in tabs)
            {
                await tab.DisposeAsync();
            }
        }
    }

    /// <summary>A tab that nobody has signed in from, at the world's server.</summary>
    internal async Task<Tab> Open(Look? look = null, Uri? server = null)
    {
        var tab = await chromium.Open(server ?? world.Server.Address, look ?? Look.Wide);
        tabs.Add(tab);
        return tab;
    }

    /// <summary>A tab in which the world's owner, or the holder of another key, is signed in.</summary>
    internal async Task<Tab> SignedIn(Look? look = null, string? key = null)
    {
        var tab = await Open(look);
        await tab.SignIn(key ?? world.Owner.Key);
        return tab;
    }

    /// <summary>The same, at a page: whoever is sent to sign in comes back to where he wanted to be.</summary>
    internal async Task<Tab> SignedInAt(string path, Look? look = null, string? key = null)
    {
        var tab = await Open(look);
        await tab.SignIn(key ?? world.Owner.Key, "/sign-in?return=" + Uri.EscapeDataString(path));
        return tab;
    }

    async Task KeepEvidence()
    {
        foreach (var (number, tab) in tabs.Index())
        {
            TestContext.Current.TestOutputHelper?.WriteLine(await Evidence.Keep(tab, number + 1));
        }
    }
}
