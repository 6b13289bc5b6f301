using System.Text;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>
/// Whether a page answers to clicks: the page's script says so with <c>data-interactive</c> on its body, or the browser has told the server over the
/// circuit's socket that it has drawn something since the document was loaded.
/// </summary>
internal sealed class Circuit
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    static readonly byte[] Drawn = Encoding.ASCII.GetBytes("OnRenderCompleted");

    readonly IPage page;
    volatile bool hasDrawn;

    public Circuit(IPage page)
    {
        this.page = page;
        // The request of a document comes before its first socket; enhanced navigation keeps document and circuit.
        page.Request += (_, request) => hasDrawn &= !(request.IsNavigationRequest && request.Frame == page.MainFrame);
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).AbsolutePath.EndsWith("/_blazor", StringComparison.Ordinal))
            {
                socket.FrameSent += (_, frame) => hasDrawn |= frame.Binary is { } bytes && bytes.AsSpan().IndexOf(Drawn) >= 0;
            }
        };
    }

    public async Task<bool> IsReady() => hasDrawn || await page.Locator("body[data-interactive]").CountAsync() > 0;

    public Task Ready() => Until.True(
        IsReady,
        Limit,
        () => $"{page.Url} to be interactive: neither data-interactive on its body nor a drawn page over /_blazor");
}
