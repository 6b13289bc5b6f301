using System.IO.Compression;
using Microsoft.AspNetCore.Connections.Features;

namespace XtndOrleans.Simulator;

/// <summary>Sends an answer with a store's headers; or spoils it on the way.</summary>
internal static class Delivery
{
    // Catalogue, orders, customers and sign-in open a session; these routes do not.
    static readonly string[] sessionless = ["store", "directory", "modules", "invoices", "shipment", "creditmemo", "inventory"];

    public static async Task Send(HttpContext http, MagentoStore store, RestResult result, string path)
    {
        Headers(http, store, result, path);
        if (store.Settings.Gzip && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(result.ToArray(), http.RequestAborted);
            return;
        }
        await result.Write(http.Response.BodyWriter, http.RequestAborted);
    }

    /// <summary>The faults that need the true answer first.</summary>
    public static async Task Spoil(HttpContext http, MagentoStore store, Fault fault, RestResult result, string path)
    {
        Headers(http, store, result, path);
        var body = result.ToArray();
        switch (fault.Kind)
        {
            case FaultKind.Truncated:
                await http.Response.BodyWriter.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
                break;
            case FaultKind.Broken:
                http.Response.ContentLength = body.Length;
                await http.Response.BodyWriter.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
                http.Abort();
                break;
            case FaultKind.Endless:
                await Endless(http, body);
                break;
            default:
                await Drip(http, store, fault, body);
                break;
        }
    }

    public static void Reset(HttpContext http)
    {
        // No FIN but RST: what a firewall does.
        if (http.Features.Get<IConnectionSocketFeature>() is { } connection) connection.Socket.LingerState = new(true, 0);
        http.Abort();
    }

    static void Headers(HttpContext http, MagentoStore store, RestResult result, string path)
    {
        var now = store.Clock.Now;
        var headers = http.Response.Headers;
        http.Response.StatusCode = result.Status;
        http.Response.ContentType = result.ContentType;
        headers.Server = "nginx/1.22.1";
        headers.Date = now.ToString("r");
        if (result.ContentType.StartsWith("text/", StringComparison.Ordinal)) return;
        headers.CacheControl = "no-store";
        if (result.Status is 200 or 404) headers.Vary = "Accept-Encoding";
        if (result.Status == 200) headers.XFrameOptions = "SAMEORIGIN";
        if (!result.OpensSession || result.Status is not (200 or 401) || Array.Exists(sessionless, start => path.StartsWith(start, StringComparison.Ordinal))) return;
        var session = $"PHPSESSID={Guid.NewGuid():N}; expires={now.AddHours(1):r}; Max-Age=3600; path=/; HttpOnly; SameSite=Lax";
        headers.Append("Set-Cookie", session);
        if (path.StartsWith("integration/admin/token", StringComparison.Ordinal))
            headers.Append("Set-Cookie", "form_key=deleted; expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0; path=/; SameSite=Lax");
        headers.Expires = "Thu, 19 Nov 1981 08:52:00 GMT";
        headers.Pragma = "no-cache";
    }

    /// <summary>Blank space is valid JSON: only a cap on the size ends this for a client.</summary>
    static async Task Endless(HttpContext http, byte[] body)
    {
        await http.Response.BodyWriter.WriteAsync(body.AsMemory(0, Math.Min(1, body.Length)), http.RequestAborted);
        var blanks = new byte[64 * 1024];
        blanks.AsSpan().Fill((byte)' ');
        while (!http.RequestAborted.IsCancellationRequested) await http.Response.BodyWriter.WriteAsync(blanks, http.RequestAborted);
    }

    static async Task Drip(HttpContext http, MagentoStore store, Fault fault, byte[] body)
    {
        var pause = TimeSpan.FromSeconds(fault.Seconds ?? 1);
        for (var sent = 0; sent < body.Length; sent += 64)
        {
            await http.Response.BodyWriter.WriteAsync(body.AsMemory(sent, Math.Min(64, body.Length - sent)), http.RequestAborted);
            await Task.Delay(pause, store.Time, http.RequestAborted);
        }
    }
}
