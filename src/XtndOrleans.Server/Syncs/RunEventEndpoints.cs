using System.Text.Json;
using System.Threading.Channels;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Syncs;

/// <summary>The runs of a connection as they move: server-sent events.</summary>
internal static class RunEventEndpoints
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    // With the three seconds that keys are remembered this is below the five that a revocation may take.
    static readonly TimeSpan KeyCheck = TimeSpan.FromSeconds(1);

    public static IEndpointRouteBuilder MapRunEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections/{connection:guid}/events", Stream)
            .WithTags("Runs")
            .RequireAuthorization(Policies.Viewer)
            .Says("Watch the runs", "A stream of 'run' events, each with the run as it is then: at once those under way, each change, and the end of each.")
            .Produces<string>(200, "text/event-stream");
        return routes;
    }

    static async Task Stream(ConnectionScope scope, Caller caller, RunWatcher watcher, ApiKeys keys, TimeProvider clock, IHostApplicationLifetime host, HttpContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        var runs = Channel.CreateBounded<RunView>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.Wait });
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        await Send(response, "retry: 2000\n\n", stop.Token);

        var watching = Task.WhenAll(scope.System.Entities.Select(entity => watcher.Watch(new(scope.Id, entity.Entity), runs.Writer, clock.GetUtcNow(), stop.Token)));
        try
        {
            await Pump(runs.Reader, response, () => keys.IsLive(caller.Key!.Key, stop.Token).OrCannotBeKnown(), clock, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader went away or the server stops: the stream simply ends, and a reader that is still there comes again.
        }
        finally
        {
            await stop.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task Pump(ChannelReader<RunView> runs, HttpResponse response, Func<ValueTask<bool>> isAllowed, TimeProvider clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(KeyCheck, clock);
        var quietSince = clock.GetTimestamp();
        var tick = timer.WaitForNextTickAsync(stop).AsTask();
        var ready = runs.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            await Task.WhenAny(ready, tick);
            if (ready.IsCompleted)
            {
                await ready;
                while (runs.TryRead(out var run))
                {
                    await Send(response, $"event: run\ndata: {JsonSerializer.Serialize(run, ApiJson.Options)}\n\n", stop);
                    quietSince = clock.GetTimestamp();
                }

                ready = runs.WaitToReadAsync(stop).AsTask();
            }

            if (tick.IsCompleted)
            {
                await tick;
                if (!await isAllowed())
                {
                    return;
                }

                if (clock.GetElapsedTime(quietSince) >= Heartbeat)
                {
                    await Send(response, ": heartbeat\n\n", stop);
                    quietSince = clock.GetTimestamp();
                }

                tick = timer.WaitForNextTickAsync(stop).AsTask();
            }
        }
    }

    static async Task Send(HttpResponse response, string text, CancellationToken stop)
    {
        await response.WriteAsync(text, stop);
        await response.Body.FlushAsync(stop);
    }
}
