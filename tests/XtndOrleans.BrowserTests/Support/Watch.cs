// Orleans has one too.
using IRequest = Microsoft.Playwright.IRequest;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>
/// What goes wrong in a tab without anybody saying so: errors in the console, exceptions in scripts, violations of the content security policy,
/// requests that fail or are answered with 4xx or 5xx, and requests to anybody but the server.
/// </summary>
internal sealed class Watch
{
    // Chromium also writes these into its console; the event names the directive and what it blocked, and comes for a policy that only reports.
    const string TellViolations =
        "document.addEventListener('securitypolicyviolation', e => console.error('CSP violation: ' + e.effectiveDirective + ' blocked ' + e.blockedURI))";

    readonly Lock gate = new();
    readonly List<string> problems = [];
    readonly List<string> expected = [];
    readonly List<string> trusted = [];

    Watch(Uri server) => trusted.Add(server.GetLeftPart(UriPartial.Authority));

    /// <summary>One line each, in the order in which they came, without those that were expected.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (gate)
            {
                return [.. problems.Where(problem => !expected.Exists(part => problem.Contains(part, StringComparison.OrdinalIgnoreCase)))];
            }
        }
    }

    public static async Task<Watch> Over(IBrowserContext context, Uri server)
    {
        var watch = new Watch(server);
        await context.AddInitScriptAsync(TellViolations);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "assert")
            {
                watch.Keep($"console: {message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => watch.Keep($"script: {error.Error}");
        context.Request += (_, request) => watch.KeepIfForeign(request);
        context.RequestFailed += (_, request) => watch.KeepIfFailed(request);
        context.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
            {
                watch.Keep($"answer: {answer.Status} to {answer.Request.Method} {answer.Url}");
            }
        };
        return watch;
    }

    /// <summary>Problems that contain this text are what the test is about, whether they came already or are still to come.</summary>
    public void Expect(params string[] parts)
    {
        lock (gate)
        {
            expected.AddRange(parts);
        }
    }

    /// <summary>From now on and before, whatever goes wrong is what the test is about: a server that is killed while somebody watches.</summary>
    public void ExpectAnything() => Expect("");

    /// <summary>Requests to this origin are not foreign: a second frontend, an identity provider.</summary>
    public void Trust(Uri origin)
    {
        lock (gate)
        {
            trusted.Add(origin.GetLeftPart(UriPartial.Authority));
        }
    }

    void KeepIfForeign(IRequest request)
    {
        var address = new Uri(request.Url);
        lock (gate)
        {
            if (address.Scheme is not ("http" or "https" or "ws" or "wss") || trusted.Contains(address.GetLeftPart(UriPartial.Authority)))
            {
                return;
            }
        }

        Keep($"foreign: {request.Method} {request.Url}");
    }

    void KeepIfFailed(IRequest request)
    {
        // A page that is left takes its requests along.
        if (request.Failure != "net::ERR_ABORTED")
        {
            Keep($"failed: {request.Method} {request.Url}: {request.Failure}");
        }
    }

    void Keep(string problem)
    {
        lock (gate)
        {
            problems.Add(problem);
        }
    }
}
