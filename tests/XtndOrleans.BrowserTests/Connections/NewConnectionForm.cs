using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>The form of a new connection, as a person fills it in.</summary>
internal sealed class NewConnectionForm(Tab tab)
{
    public const string Path = "/settings/connectors/new";

    public ILocator Verify { get; } = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Verify Connection" });

    /// <summary>The lines of the report.</summary>
    public ILocator Lines { get; } = tab.Page.Locator("ol.xtnd-steps > li");

    public ILocator Field(string label) => tab.Page.GetByLabel(label, new() { Exact = true });

    /// <summary>What is said under a field.</summary>
    public ILocator Under(string label) => tab.Page.Locator(".mud-input-control", new() { Has = Field(label) }).Locator(".mud-input-helper-text");

    public async Task Fill(Uri store, string user = "admin", string secret = "Admin123demo")
    {
        await Field("Access token").FillAsync(user);
        await Field("API URL").FillAsync(store.AbsoluteUri);
        await Field("Secret").FillAsync(secret);
    }

    /// <summary>Chooses another way to sign in.</summary>
    public async Task SignInWith(string way)
    {
        var choice = tab.Page.GetByLabel("Sign in with");
        if (!await choice.IsVisibleAsync())
        {
            await tab.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        }

        await choice.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Option, new() { Name = way, Exact = true }).ClickAsync();
    }

    /// <summary>The heading that says what became of the connection.</summary>
    public ILocator Made(string text) => tab.Page.GetByRole(AriaRole.Heading, new() { Name = text });
}
