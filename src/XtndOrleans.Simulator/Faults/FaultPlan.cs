namespace XtndOrleans.Simulator;

/// <summary>The faults a store has before it; the first that applies takes the request.</summary>
public sealed class FaultPlan
{
    readonly Lock gate = new();
    readonly List<Planned> plan = [];
    readonly Dictionary<FaultKind, int> hits = [];

    internal FaultPlan()
    {
    }

    sealed class Planned(Fault fault)
    {
        public Fault Fault { get; } = fault;
        public int Before { get; set; } = fault.After;
        public int? Left { get; set; } = fault.Times;
    }

    /// <summary>The faults that still have requests to hit.</summary>
    public IReadOnlyList<Fault> Active
    {
        get
        {
            lock (gate) return [.. plan.Select(planned => planned.Fault with { Times = planned.Left, After = planned.Before })];
        }
    }

    /// <summary>How many requests each kind has hit.</summary>
    public IReadOnlyDictionary<FaultKind, int> Hits
    {
        get
        {
            lock (gate) return new Dictionary<FaultKind, int>(hits);
        }
    }

    public void Add(Fault fault)
    {
        lock (gate) plan.Add(new(fault));
    }

    /// <summary>Shorthand: hits <paramref name="times"/> requests (null: all) to <paramref name="path"/>.</summary>
    public void Add(FaultKind kind, int? times = 1, string? path = null) => Add(new Fault(kind) { Times = times, Path = path });

    public void Clear()
    {
        lock (gate) plan.Clear();
    }

    internal Fault? Take(string path)
    {
        lock (gate)
        {
            foreach (var planned in plan)
            {
                if (!Matches(planned.Fault.Path, path)) continue;
                if (planned.Before > 0)
                {
                    planned.Before--;
                    continue;
                }
                if (planned.Left is { } left && --left is var rest)
                {
                    planned.Left = rest;
                    if (rest <= 0) plan.Remove(planned);
                }
                hits[planned.Fault.Kind] = hits.GetValueOrDefault(planned.Fault.Kind) + 1;
                return planned.Fault;
            }
            return null;
        }
    }

    internal static bool Matches(string? wanted, string path) =>
        wanted is null or "" or "all" || EntityNames.PathWords(wanted).Any(word => path.Contains(word, StringComparison.OrdinalIgnoreCase));
}
