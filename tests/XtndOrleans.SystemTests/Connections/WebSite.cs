using System.Net;
using System.Text;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Connections;

/// <summary>A plain web site: it knows pages and nothing of Magento.</summary>
internal sealed class WebSite : IAsyncDisposable
{
    static readonly byte[] Page = Encoding.UTF8.GetBytes("<!doctype html><html><head><title>Nice shoes</title></head><body><h1>Welcome</h1></body></html>");

    readonly HttpListener listener = new();
    readonly HttpStatusCode status;
    readonly Task serving;

    /// <summary>Answers every path with a page and this status: some sites have a page for whatever is asked, others say 404.</summary>
    public WebSite(HttpStatusCode status)
    {
        this.status = status;
        Address = new($"http://127.0.0.1:{FreePort.Next()}/");
        listener.Prefixes.Add(Address.AbsoluteUri);
        listener.Start();
        serving = Serve();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                context.Response.StatusCode = (int)status;
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(Page);
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
