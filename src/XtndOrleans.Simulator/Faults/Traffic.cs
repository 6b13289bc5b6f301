namespace XtndOrleans.Simulator;

/// <summary>What a store has been asked since the start or the last reset.</summary>
public sealed record TrafficCounts(
    long Requests, long TokenRequests, int InFlight, int MostAtOnce,
    IReadOnlyDictionary<string, long> ByPath, IReadOnlyDictionary<string, int> MostAtOnceByPath,
    IReadOnlyDictionary<int, long> ByStatus, long Records)
{
    /// <summary>Requests that brought a cookie.</summary>
    public long WithCookie { get; init; }
}

/// <summary>Counts a store's requests. A path is counted without store code and query: products, orders, integration/admin/token.</summary>
public sealed class Traffic
{
    readonly Lock gate = new();
    readonly Dictionary<string, long> byPath = [];
    readonly Dictionary<string, int> nowByPath = [];
    readonly Dictionary<string, int> mostByPath = [];
    readonly Dictionary<int, long> byStatus = [];
    long requests, tokens, records, withCookie;
    int inFlight, most;

    internal Traffic()
    {
    }

    public TrafficCounts Counts
    {
        get
        {
            lock (gate)
            {
                return new(requests, tokens, inFlight, most, new Dictionary<string, long>(byPath),
                    new Dictionary<string, int>(mostByPath), new Dictionary<int, long>(byStatus), records)
                { WithCookie = withCookie };
            }
        }
    }

    /// <summary>Sets all to zero but the requests in flight, which are the most at once from now.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (requests, tokens, records, withCookie, most) = (0, 0, 0, 0, inFlight);
            byPath.Clear();
            byStatus.Clear();
            mostByPath.Clear();
            foreach (var (path, now) in nowByPath.Where(entry => entry.Value > 0)) mostByPath[path] = now;
        }
    }

    internal void Begin(string path, bool hasCookie)
    {
        lock (gate)
        {
            requests++;
            if (hasCookie) withCookie++;
            if (path.EndsWith("/token", StringComparison.Ordinal)) tokens++;
            most = Math.Max(most, ++inFlight);
            byPath[path] = byPath.GetValueOrDefault(path) + 1;
            var now = nowByPath[path] = nowByPath.GetValueOrDefault(path) + 1;
            mostByPath[path] = Math.Max(mostByPath.GetValueOrDefault(path), now);
        }
    }

    internal void End(string path, int status, int recordCount)
    {
        lock (gate)
        {
            inFlight--;
            nowByPath[path]--;
            records += recordCount;
            byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
        }
    }
}
