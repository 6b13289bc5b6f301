using XtndOrleans.BrowserTests.Support;
using XtndOrleans.SystemTests.Commands;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>
/// Pictures of every page in both themes and widths, for people to look at. Only when asked for: ./test.sh --screenshots DIR. Of some pages alone:
/// XTND_PICTURES=list,records names how their names begin.
/// </summary>
public sealed class ScreenshotTests(Chromium chromium, ScreenshotWorld world) : BrowserTest(chromium, world), IClassFixture<ScreenshotWorld>
{
    static readonly string Folder = Environment.GetEnvironmentVariable("XTND_SCREENSHOTS") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Repository.Root, "TestResults", "screenshots");

    static readonly string[] Wanted = (Environment.GetEnvironmentVariable("XTND_PICTURES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<string> Names =>
        [.. Pages.All.Select(page => page.Name).Where(name => Wanted.Length == 0 || Wanted.Any(begin => name.StartsWith(begin, StringComparison.Ordinal)))];

    public override async ValueTask InitializeAsync() => await world.Fill();

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task Every_page_has_its_pictures(string name)
    {
        var page = Pages.All.Single(page => page.Name == name);
        foreach (var look in Look.All)
        {
            var tab = page.IsSignedIn ? await SignedIn(look, page.Key?.Invoke(world)) : await Open(look);
            await tab.Load(page.Path(world));
            if (page.IsSignedIn)
            {
                await tab.Interactive();
            }

            await (page.Prepare?.Invoke(tab) ?? Task.CompletedTask);
            await tab.Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Folder, $"{name}-{look.Theme}-{look.Width}.png"),
                Animations = ScreenshotAnimations.Disabled,
                Caret = ScreenshotCaret.Hide,
            });
        }
    }
}
