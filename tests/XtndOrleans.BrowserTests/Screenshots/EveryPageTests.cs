using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>Every page that has a picture: nothing is wider than the window, nothing keeps a reader out, and nothing is said in the console.</summary>
public sealed class EveryPageTests(Chromium chromium, ScreenshotWorld world) : BrowserTest(chromium, world), IClassFixture<ScreenshotWorld>
{
    public override async ValueTask InitializeAsync() => await world.Fill();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_fits_is_accessible_and_quiet(bool isPhone)
    {
        Dictionary<string, Tab> tabs = [];
        List<string> problems = [];
        foreach (var page in Pages.All)
        {
            var key = page.Key?.Invoke(world) ?? world.Owner.Key;
            var tab = tabs.TryGetValue(key, out var known) ? known : tabs[key] = await SignedIn(isPhone ? Look.Phone with { Dark = true } : Look.Wide, key);
            try
            {
                await tab.Load(page.Path(world));
                await (page.IsSignedIn ? tab.Interactive() : Task.CompletedTask);
                await (page.Prepare?.Invoke(tab) ?? Task.CompletedTask);
                await tab.AssertFits();
                // The reference is a page of its maker's.
                await (page.Name == "docs" ? Task.CompletedTask : tab.AssertAccessible());
                tab.AssertQuiet();
            }
            catch (Exception problem) when (problem is Xunit.Sdk.XunitException or PlaywrightException or TimeoutException)
            {
                problems.Add($"{page.Name}: {problem.Message}");
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }
}
