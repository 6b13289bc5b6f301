[assembly: AssemblyFixture(typeof(XtndOrleans.BrowserTests.Support.Chromium))]

namespace XtndOrleans.BrowserTests.Support;

/// <summary>The one browser of this test run: this system's Chromium, without a window, with a new profile, which can reach nothing but this machine.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // Waits are for a machine that is busy with other things; a page that is never ready fails all the same.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Headless = true,
            ChromiumSandbox = false,
            Args =
            [
                "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // A page that needs the internet fails at once, here as at a customer's who has none.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A tab with cookies, language and theme of its own, at a server.</summary>
    internal async Task<Tab> Open(Uri server, Look look)
    {
        var context = await browser!.NewContextAsync(look.Options(server));
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return await Tab.Open(context, server, look);
    }

    static string Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         select Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium. ./test.sh installs it; by hand: apt-get install chromium");
}
