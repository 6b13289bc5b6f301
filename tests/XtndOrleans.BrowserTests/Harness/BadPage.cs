using System.Net;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Harness;

/// <summary>Pages with a fault in them, put before the server at addresses that it does not have.</summary>
internal static class BadPage
{
    /// <summary>Shows a body at /bad, with a content security policy where one is given.</summary>
    public static async Task Show(Tab tab, string body, string? policy = null)
    {
        Dictionary<string, string> headers = new() { ["Content-Type"] = "text/html; charset=utf-8" };
        if (policy is not null)
        {
            headers["Content-Security-Policy"] = policy;
        }

        await tab.Page.RouteAsync("**/bad", route => route.FulfillAsync(new()
        {
            Status = (int)HttpStatusCode.OK,
            Headers = headers,
            Body = $"""
                <!doctype html>
                <html lang="en">
                <head><title>Bad</title><meta name="viewport" content="width=device-width"></head>
                <body><main><h1>Bad</h1>{body}</main></body>
                </html>
                """,
        }));
        await tab.Load("/bad");
    }
}
