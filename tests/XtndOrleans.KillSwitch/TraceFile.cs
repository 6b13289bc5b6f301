using System.Diagnostics;

namespace XtndOrleans.KillSwitch;

/// <summary>Writes every span of every source to a file, with all that an exporter would send.</summary>
internal sealed class TraceFile : IDisposable
{
    readonly Lock gate = new();
    readonly StreamWriter file;
    readonly ActivityListener listener;

    public TraceFile(string path)
    {
        file = new(path, append: true) { AutoFlush = true };
        listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Write,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        file.Dispose();
    }

    void Write(Activity span)
    {
        lock (gate)
        {
            file.WriteLine($"{span.Source.Name} {span.OperationName} '{span.DisplayName}' {span.Kind} {span.Status} {span.StatusDescription}");
            Write("tag", span.TagObjects);
            Write("baggage", span.Baggage.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)));
            foreach (var happened in span.Events)
            {
                file.WriteLine($"  event {happened.Name}");
                Write("  tag", happened.Tags);
            }

            foreach (var link in span.Links)
            {
                Write("link", link.Tags ?? []);
            }
        }
    }

    void Write(string kind, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        foreach (var (name, value) in pairs)
        {
            file.WriteLine($"  {kind} {name} = {value}");
        }
    }
}
