using Microsoft.AspNetCore.Http.Features;

namespace XtndOrleans.Simulator;

/// <summary>Everything below /store/{n}: counts, holds and spoils requests, and has Magento's routes answer them.</summary>
internal sealed class StoreEndpoint(SimulatorHost host)
{
    public async Task Handle(HttpContext http)
    {
        // The raw target: %2F in a SKU is not a separator.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var segments = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length < 2 || !int.TryParse(segments[1], out var number) || host.Find(number) is not { } store)
        {
            await FaultPages.Nginx(404, "Not Found").Write(Status(http, 404), http.RequestAborted);
            return;
        }
        await Counted(http, store, segments[2..]);
    }

    static System.IO.Pipelines.PipeWriter Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return http.Response.BodyWriter;
    }

    static async Task Counted(HttpContext http, MagentoStore store, string[] segments)
    {
        var request = Below(http, store, segments);
        var path = request is null ? string.Join('/', segments) : string.Join('/', request.Path);
        var records = 0;
        store.Traffic.Begin(path, http.Request.Headers.Cookie.Count > 0);
        try
        {
            await store.Gates.Pass(path, http.RequestAborted);
            records = await Answer(http, store, request, path);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nothing is left to do for it.
        }
        finally
        {
            store.Traffic.End(path, http.Response.StatusCode, records);
        }
    }

    static async Task<int> Answer(HttpContext http, MagentoStore store, RestRequest? request, string path)
    {
        var fault = store.Faults.Take(path);
        if (fault is { Kind: FaultKind.Hang }) await Task.Delay(Timeout.InfiniteTimeSpan, store.Time, http.RequestAborted);
        if (fault is { Kind: FaultKind.Reset })
        {
            Delivery.Reset(http);
            return 0;
        }
        if (fault is { Kind: FaultKind.Delay, Seconds: { } late }) await Task.Delay(TimeSpan.FromSeconds(late), store.Time, http.RequestAborted);
        var answer = fault is null ? null : FaultAnswers.For(fault, http, path);
        if (request is not null && fault is not null && ListFaults.Is(fault.Kind)) request.Fault = fault;
        var result = answer ?? await Magento(http, store, request, path);
        if (result.Records > store.Settings.TimesOutAbove) result = FaultPages.Nginx(504, "Gateway Time-out");
        var wait = store.Settings.Latency + (store.Settings.LatencyPerRecord * result.Records);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, store.Time, http.RequestAborted);
        if (fault is { Kind: FaultKind.Truncated or FaultKind.Broken or FaultKind.Endless or FaultKind.Drip })
            await Delivery.Spoil(http, store, fault, result, path);
        else
            await Delivery.Send(http, store, result, path);
        return result.Records;
    }

    static async Task<RestResult> Magento(HttpContext http, MagentoStore store, RestRequest? request, string path)
    {
        if (path == "magento_version") return RestResult.Html(200, $"Magento/{store.Settings.Version}");
        if (http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > 8000) return FaultPages.Nginx(414, "Request-URI Too Large");
        var rendering = Accept.Choose(http.Request.Headers.Accept);
        if (rendering == Rendering.None) return FaultPages.Crash();
        var result = await Rest(http, request, path);
        return rendering == Rendering.Xml && result.IsJson ? Xml.Of(result) : result;
    }

    static async Task<RestResult> Rest(HttpContext http, RestRequest? request, string path)
    {
        try
        {
            if (request is null)
                return path.Split('/')[0] is "rest" or "index.php" ? throw NotProcessed() : FaultPages.Nginx(404, "Not Found");
            if (http.Request.Method is "HEAD") return RestResult.Json([], 405);
            if (http.Request.Method is not ("GET" or "POST" or "PUT" or "DELETE"))
                throw new MagentoError(405, $"The {http.Request.Method} HTTP method is not supported.");
            var route = Routes.Find(http.Request.Method, request.Path);
            var result = await route.Handle(request);
            return result is BytesResult { IsJson: true, Status: 200 } whole && request.Fields is { } fields
                ? RestResult.Json(Projection.Apply(fields, whole.ToArray()))
                : result;
        }
        catch (MagentoError error)
        {
            return RestResult.Json(error);
        }
        catch (Exception refused) when (refused is ArgumentException or OverflowException or FormatException)
        {
            // What the database would not take (a bad regexp, a number out of range), Magento masks.
            return RestResult.Json(MagentoError.Internal(refused.Message.Length).ToJson(), 500);
        }
    }

    static MagentoError NotProcessed() => new(400, "Specified request cannot be processed.");

    /// <summary>The path after V1 and the store code; null when there is no such place below this store.</summary>
    static RestRequest? Below(HttpContext http, MagentoStore store, string[] segments)
    {
        var at = segments is ["index.php", ..] ? 1 : 0;
        if (at >= segments.Length || segments[at++] != "rest") return null;
        var code = "default";
        if (at < segments.Length && segments[at] != "V1")
        {
            code = segments[at++];
            if (!StoreRoutes.Knows(code)) return null;
        }
        return at < segments.Length && segments[at] == "V1" ? new(http, store, code, segments[(at + 1)..]) : null;
    }
}
