using XtndOrleans.Server.Pages.Shell;
using XtndOrleans.Server.Problems;

namespace XtndOrleans.Server.Pages;

/// <summary>
/// What a browser gets when a page could not be made at all, as while the database is away. It needs nothing: no session, no tenant, no other file. Calls of the
/// API have their own words.
/// </summary>
internal sealed class FailedPage(RequestDelegate next, ILogger<FailedPage> log)
{
    const string SecondsToNextTry = "5";

    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            // The boundary: what got here has no other reader than the person and the log.
            var status = ProblemMapping.From(failure).Status;
            if (status >= 500)
            {
                log.CallFailed(failure, context.Request.Method, context.GetEndpoint()?.DisplayName, status, context.TraceIdentifier);
            }

            await Write(context, status);
        }
    }

    static Task Write(HttpContext context, int status)
    {
        var (answer, headers) = (context.Response, context.Response.Headers);
        var comesBack = status is StatusCodes.Status503ServiceUnavailable && HttpMethods.IsGet(context.Request.Method);
        answer.StatusCode = status;
        answer.ContentType = "text/html; charset=utf-8";
        (answer.ContentLength, headers.Location, headers.ETag, headers.LastModified, headers.ContentEncoding) = (null, default, default, default, default);
        headers.CacheControl = "no-store";
        // Put into the document at hand by a script it would not come back by itself.
        headers.Remove("blazor-enhanced-nav");
        if (comesBack)
        {
            headers["Refresh"] = SecondsToNextTry;
        }

        var (title, text) = Words(status, comesBack);
        var (link, label) = comesBack ? ("", ShellTexts.TryAgain) : ("/", ShellTexts.ToFrontPage);
        var document = new FailedDocument(Look.Of(context.Request).Choice, title, text, link, label, ShellTexts.RequestNumber(context.TraceIdentifier));
        return answer.WriteAsync(document.Html(), context.RequestAborted);
    }

    static (string Title, string Text) Words(int status, bool comesBack) => status switch
    {
        503 => (ShellTexts.AwayTitle, comesBack ? ShellTexts.Away : ShellTexts.AwayForm),
        >= 500 => (ShellTexts.BrokeTitle, ShellTexts.Broke),
        404 => (ShellTexts.NotFoundTitle, ShellTexts.NotFound),
        _ => (ShellTexts.BadRequestTitle, ShellTexts.BadRequest),
    };
}
