namespace XtndOrleans.Server.Problems;

/// <summary>Sees to it that whatever ends a call of the API without an answer becomes a problem in words.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task Invoke(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            // The boundary: what got here has no other reader than the caller and the log.
            var problem = ProblemMapping.From(failure);
            if (problem.Status >= 500)
            {
                log.CallFailed(failure, context.Request.Method, context.GetEndpoint()?.DisplayName, problem.Status, context.TraceIdentifier);
            }

            context.Response.Headers.Remove("ETag");
            context.Response.Headers.Location = default;
            await problem.Write(context);
            return;
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 })
        {
            await ProblemMapping.From(response.StatusCode).Write(context);
        }
    }
}
