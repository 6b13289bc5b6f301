using System.Diagnostics;
using System.Diagnostics.Metrics;
using XtndOrleans.Engine;

namespace XtndOrleans.Benchmarks;

/// <summary>Tells the moment at which a run has ended, by the engine's own counter: to ask for it again and again would be late and cost what is measured.</summary>
internal sealed class RunEnds : IDisposable
{
    readonly MeterListener listener = new();
    TaskCompletionSource<long> next = New();

    public RunEnds()
    {
        listener.InstrumentPublished = (instrument, into) =>
        {
            if (instrument is { Meter.Name: EngineMetrics.MeterName, Name: "xtnd.sync.runs" })
            {
                into.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => next.TrySetResult(Stopwatch.GetTimestamp()));
        listener.Start();
    }

    /// <summary>The timestamp of the next end. Ask before the run begins.</summary>
    public Task<long> Next() => (next = New()).Task;

    public void Dispose() => listener.Dispose();

    static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
