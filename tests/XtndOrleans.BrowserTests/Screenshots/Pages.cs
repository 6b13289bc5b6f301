using XtndOrleans.BrowserTests.Support;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A page to take pictures of.</summary>
/// <param name="Name">Begins the name of the file.</param>
/// <param name="Path">Of the address, or what makes it of the world: an id that is part of it.</param>
/// <param name="Prepare">What a person does there before the picture is taken: opens a dialog, types something wrong.</param>
/// <param name="IsSignedIn">Whether somebody is signed in.</param>
/// <param name="Key">With which key; null for the owner's.</param>
internal sealed record Picture(
    string Name, Func<ScreenshotWorld, string> Path, Func<Tab, Task>? Prepare = null, bool IsSignedIn = true, Func<ScreenshotWorld, string>? Key = null)
{
    public Picture(string name, string path, Func<Tab, Task>? prepare = null, bool isSignedIn = true, Func<ScreenshotWorld, string>? key = null)
        : this(name, _ => path, prepare, isSignedIn, key)
    {
    }
}

/// <summary>Every page that has a picture. A new page is one line here.</summary>
internal static class Pages
{
    public static Picture[] All { get; } =
    [
        new("overview", "/", tab => tab.Shows("Nothing needs you"), key: world => world.Calm),
        new("overview-trouble", "/", tab => tab.Shows("Needs a person"), key: world => world.Troubled),
        new("fleet", "/fleet", tab => tab.Shows("Planned starts"), key: _ => World.PlatformKey),
        new("list", "/settings/connectors", tab => tab.Shows("Main store")),
        new("new", "/settings/connectors/new", tab => tab.Shows("API URL")),
        new("new-integration", "/settings/connectors/new", ChooseIntegration),
        new("new-refused", "/settings/connectors/new", VerifyWhereNothingListens),
        new("sign-in", "/sign-in", isSignedIn: false),
        new("sign-in-link", world => world.Link, IsSignedIn: false),
        new("connection", world => $"/settings/connectors/{world.Connection}", tab => tab.Shows("The store says")),
        new("connection-entities", world => $"/settings/connectors/{world.Connection}", tab => tab.Page.GetByRole(AriaRole.Article).First.EvaluateAsync("card => card.scrollIntoView()")),
        new("connection-menu", world => $"/settings/connectors/{world.Connection}", tab => tab.Page.GetByRole(AriaRole.Button, new() { Name = "More: Products" }).ClickAsync()),
        new("schedule", world => $"/settings/connectors/{world.Connection}?schedule=product", AsInTheManual),
        new("edit-connection", world => $"/settings/connectors/{world.Connection}/edit", tab => tab.Shows("API URL")),
        new("runs", world => $"/settings/connectors/{world.Connection}/runs", tab => tab.Shows("Failed")),
        new("runs-entity", world => $"/settings/connectors/{world.Connection}/runs?entity=order", tab => tab.Shows("skipped: paused")),
        new("run", world => $"/settings/connectors/{world.Connection}/runs/{world.LastRun}", tab => tab.Shows("In detail")),
        new("run-failed", world => $"/settings/connectors/{world.Connection}/runs/{world.FailedRun}", tab => tab.Shows("In detail")),
        new("quarantine", world => $"/settings/connectors/{world.Connection}/quarantine", tab => tab.Page.GetByText("What the store said").ClickAsync()),
        new("records", world => $"/records?connection={world.Connection}&entity=order", tab => tab.Shows("newest first")),
        new("record-order", world => $"/records/{world.Connection}/order/4", tab => tab.Shows("Billing address")),
        new("record-product", world => $"/records/{world.Connection}/product/2", tab => tab.Shows("Stock per source")),
        new("order-not-found", "/records?order=000987654", tab => tab.Shows("Where we looked")),
        new("docs", "/docs", tab => tab.Shows("List the external systems"), isSignedIn: false),
    ];

    static async Task AsInTheManual(Tab tab)
    {
        await tab.Page.GetByLabel("Active", new() { Exact = true }).CheckAsync();
        await tab.Page.GetByLabel("Start date").FillAsync("2017-02-27");
        await tab.Page.GetByLabel("Time of day").FillAsync("08:05");
        await tab.Shows("The next ten runs");
    }

    static async Task ChooseIntegration(Tab tab)
    {
        await tab.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Sign in with").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Option, new() { Name = "Integration", Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Consumer key").FillAsync("two words");
        await tab.Page.GetByLabel("Consumer key").BlurAsync();
        await tab.Shows("This must be one word");
    }

    static async Task VerifyWhereNothingListens(Tab tab)
    {
        await tab.Page.GetByLabel("Access token").FillAsync("half");
        await tab.Page.GetByLabel("API URL").FillAsync("http://127.0.0.1:1/rest/V1");
        await tab.Page.GetByLabel("Secret").FillAsync("Wrong1password");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Verify Connection" }).ClickAsync();
        await tab.Shows("Save without verifying");
    }

    /// <summary>Waits until a text can be read; one in a folded menu is not meant.</summary>
    static Task Shows(this Tab tab, string text) => Expect(tab.Page.GetByText(text).Filter(new() { Visible = true }).First).ToBeVisibleAsync();
}
