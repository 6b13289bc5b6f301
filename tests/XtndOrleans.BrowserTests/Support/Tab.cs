using System.Text.RegularExpressions;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>One page in a browser of its own, and what a person does with it. Things are found by label and role, as people find them.</summary>
internal sealed partial class Tab : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly Circuit circuit;

    Tab(IBrowserContext context, IPage page, Watch watch, Uri server, Look look)
    {
        this.context = context;
        Page = page;
        Watch = watch;
        Server = server;
        Look = look;
        circuit = new(page);
    }

    public IPage Page { get; }

    public Watch Watch { get; }

    public Uri Server { get; }

    public Look Look { get; }

    public static async Task<Tab> Open(IBrowserContext context, Uri server, Look look)
    {
        var watch = await Watch.Over(context, server);
        return new(context, await context.NewPageAsync(), watch, server, look);
    }

    /// <summary>Loads a page of the server; answers when its document is loaded, interactive or not.</summary>
    public async Task<IResponse> Load(string path) => (await Page.GotoAsync(path))!;

    /// <summary>Loads a page and waits until it answers to clicks.</summary>
    public async Task GoTo(string path)
    {
        await Load(path);
        await Interactive();
    }

    public Task<bool> IsInteractive() => circuit.IsReady();

    /// <summary>Waits until the page answers to clicks.</summary>
    public Task Interactive() => circuit.Ready();

    /// <summary>Signs in as a person with a key does, and waits until the page behind it answers to clicks.</summary>
    public async Task SignIn(string key, string path = "/sign-in")
    {
        await Load(path);
        await Page.GetByLabel(KeyField()).FillAsync(key);
        await PressSignIn();
    }

    /// <summary>Opens a link that signs in and presses its button, and waits until the page behind it answers to clicks.</summary>
    public async Task Follow(string link)
    {
        await Load(link);
        await PressSignIn();
    }

    /// <summary>Nothing went wrong so far that the test did not expect.</summary>
    public void AssertQuiet() => Assert.True(Watch.Problems.Count == 0, $"In the browser at {Page.Url}:\n{string.Join('\n', Watch.Problems)}");

    /// <summary>Nothing is wider than the window: a page is never scrolled sideways.</summary>
    public async Task AssertFits()
    {
        var width = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(width <= Look.Width, $"{Page.Url} is {width} pixels wide in a window of {Look.Width}.");
    }

    /// <summary>Presses the button that signs in, and waits until the page behind it answers to clicks.</summary>
    public async Task PressSignIn()
    {
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = SignInButton() }).ClickAsync();
        // WaitForURL would wait for an event that is over, on a machine so busy that the page is there before the wait begins.
        await Expect(Page).Not.ToHaveURLAsync(SignInPage());
        await Interactive();
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [GeneratedRegex("^(API key|API-nyckel)")]
    private static partial Regex KeyField();

    [GeneratedRegex("^https?://[^/]+/sign-in")]
    private static partial Regex SignInPage();

    [GeneratedRegex("^(Sign in|Logga in)$")]
    private static partial Regex SignInButton();
}
