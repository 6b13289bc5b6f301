using System.Security.Cryptography;
using System.Text;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Problems;

namespace XtndOrleans.Server.Security;

/// <summary>
/// Answers a changing call that is made again with the same Idempotency-Key as it was answered the first time. Only successes are kept: a call that was
/// refused did nothing, and is judged anew.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencyStore store)
{
    const string Header = "Idempotency-Key";
    const int LongestKey = 255;
    static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag"];

    public async Task Invoke(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || context.Features.Get<Caller>() is not { } caller)
        {
            await next(context);
            return;
        }

        if (key.Length > LongestKey)
        {
            await ApiProblem.Field("invalid_header", Header, $"Give a key of at most {LongestKey} characters.").Write(context);
            return;
        }

        switch (await store.Claim(caller.Scope, key, await Hash(context), context.RequestAborted))
        {
            case IdempotencyClaim.Yours:
                await Answer(context, caller.Scope, key);
                break;
            case IdempotencyClaim.Answered answer:
                await Repeat(context, answer);
                break;
            case IdempotencyClaim.Reused:
                await new ApiProblem(422, "idempotency_key_reused", "This Idempotency-Key came with another request before. Give each request a key of its own.").Write(context);
                break;
            default:
                await new ApiProblem(409, "idempotency_in_progress", "The same request is being worked on. Ask again in a moment.") { RetryAfterSeconds = 1 }.Write(context);
                break;
        }
    }

    async Task Answer(HttpContext context, string scope, string key)
    {
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        var kept = false;
        try
        {
            await next(context);
            if (context.Response.StatusCode is >= 200 and < 300)
            {
                var headers = KeptHeaders.Where(context.Response.Headers.ContainsKey)
                    .ToDictionary(name => name, name => context.Response.Headers[name].ToString(), StringComparer.Ordinal);
                await store.Keep(scope, key, context.Response.StatusCode, headers, copy.ToArray());
                kept = true;
            }
        }
        finally
        {
            context.Response.Body = body;
            if (!kept)
            {
                await store.Release(scope, key);
            }
        }

        copy.Position = 0;
        await copy.CopyToAsync(body, context.RequestAborted);
    }

    static async Task Repeat(HttpContext context, IdempotencyClaim.Answered answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers["Idempotency-Replayed"] = "true";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    static async Task<byte[]> Hash(HttpContext context)
    {
        var request = context.Request;
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n"));
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
