namespace XtndOrleans.BrowserTests.Support;

/// <summary>Whether a page answers to clicks: its script says so with <c>data-interactive</c> on the body once the circuit has drawn.</summary>
internal sealed class Circuit(IPage page)
{
    readonly ILocator drawn = page.Locator("body[data-interactive]");

    public async Task<bool> IsReady() => await drawn.CountAsync() > 0;

    public Task Ready() => drawn.WaitForAsync(new() { State = WaitForSelectorState.Attached });
}
