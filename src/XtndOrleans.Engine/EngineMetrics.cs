using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace XtndOrleans.Engine;

/// <summary>What operators watch. Meter <c>XtndOrleans</c>.</summary>
internal sealed class EngineMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "XtndOrleans";

    readonly Counter<long> pages;
    readonly Counter<long> records;
    readonly Counter<long> bytes;
    readonly Counter<long> runs;
    readonly Counter<long> slots;
    readonly Histogram<double> startDelay;
    long pagesCommitted;
    long bytesRead;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public EngineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        pages = meter.CreateCounter<long>("xtnd.sync.pages", description: "Pages committed");
        records = meter.CreateCounter<long>("xtnd.sync.records", description: "Records read and committed");
        bytes = meter.CreateCounter<long>("xtnd.sync.bytes", "By", "Bytes read from stores, decompressed");
        runs = meter.CreateCounter<long>("xtnd.sync.runs", description: "Runs ended, by state");
        slots = meter.CreateCounter<long>("xtnd.schedule.slots", description: "Due slots decided, by outcome");
        startDelay = meter.CreateHistogram<double>("xtnd.schedule.start_delay", "s", "From the due time to the decision of the slot");
    }

    /// <summary>Pages committed since the process began.</summary>
    public long Pages => Interlocked.Read(ref pagesCommitted);

    /// <summary>Bytes read from stores since the process began, decompressed.</summary>
    public long Bytes => Interlocked.Read(ref bytesRead);

    public void PageCommitted(string entity, int count, long size)
    {
        var tag = new KeyValuePair<string, object?>("entity", entity);
        pages.Add(1, tag);
        records.Add(count, tag);
        bytes.Add(size, tag);
        Interlocked.Increment(ref pagesCommitted);
        Interlocked.Add(ref bytesRead, size);
    }

    public void RunEnded(string entity, string state) => runs.Add(1, new KeyValuePair<string, object?>("entity", entity), new("state", state));

    public void SlotDecided(string outcome, TimeSpan delay)
    {
        slots.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        startDelay.Record(delay.TotalSeconds);
    }
}
