using XtndOrleans.Simulator;

namespace XtndOrleans.SystemTests.Chaos;

/// <summary>Which faults the store has, and for how long. In each step some come and some go; nothing is asked of anybody that a person would have to do.</summary>
internal sealed class Weather(MagentoStore store, int seed)
{
    /// <summary>What hits some requests, of one entity or of all.</summary>
    static readonly FaultKind[] passing =
    [
        FaultKind.TooManyRequests, FaultKind.InternalError, FaultKind.FatalError, FaultKind.DatabaseDown, FaultKind.Maintenance, FaultKind.BadGateway,
        FaultKind.GatewayTimeout, FaultKind.WafPage, FaultKind.WafDenied, FaultKind.HtmlNotFound, FaultKind.Truncated, FaultKind.Broken, FaultKind.Reset,
        FaultKind.Empty, FaultKind.ErrorObject, FaultKind.Hang, FaultKind.Delay,
    ];

    /// <summary>What is only a store's own list: another page, another count, another order. Of lists alone.</summary>
    static readonly FaultKind[] lists =
        [FaultKind.Unauthorized, FaultKind.WrongTotal, FaultKind.NoTotal, FaultKind.RowTwice, FaultKind.Unordered, FaultKind.LastPageAgain];

    /// <summary>What hits every request until it is over.</summary>
    static readonly FaultKind[] outages = [FaultKind.Maintenance, FaultKind.BadGateway, FaultKind.Reset, FaultKind.DatabaseDown, FaultKind.InternalError];

    readonly Random random = new(seed + 1);
    readonly List<(string Entity, int Id, int Until)> poisoned = [];
    int outageUntil;
    int step;

    /// <summary>One step.</summary>
    public void Step()
    {
        step++;
        if (step == outageUntil)
        {
            store.Faults.Clear();
        }

        for (var n = random.Next(4); n > 0; n--)
        {
            Strike();
        }

        if (random.Next(10) == 0)
        {
            outageUntil = step + 1 + random.Next(2);
            store.Faults.Add(new Fault(Any(outages)));
        }

        Poison();
        store.Settings.MaximumPageSize = random.Next(8) == 0 ? 10 : null;
        store.Settings.Gzip = random.Next(3) == 0;
        // By the store's clock, which goes much faster than ours: tokens end long before we expect it.
        store.Settings.TokenLife = TimeSpan.FromMinutes(random.Next(4) == 0 ? 1 : 60);
    }

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        store.Faults.Clear();
        store.Poison.Clear();
        (store.Settings.MaximumPageSize, store.Settings.Gzip, store.Settings.TokenLife) = (null, false, TimeSpan.FromHours(1));
    }

    void Strike()
    {
        var entity = Any(EntityNames.All);
        if (random.Next(2) == 0)
        {
            var list = Any(lists);
            // Twice in a row would be a missing right.
            store.Faults.Add(new Fault(list)
            {
                Path = entity,
                Times = list == FaultKind.Unauthorized ? 1 : 1 + random.Next(8),
                After = random.Next(6),
                Amount = list == FaultKind.WrongTotal ? Any([-30, -3, -1, 1, 2, 40]) : null,
            });
            return;
        }

        var kind = Any(passing);
        var path = random.Next(3) == 0 ? null : random.Next(8) == 0 ? "token" : entity;
        store.Faults.Add(new Fault(kind)
        {
            Path = path,
            Times = kind == FaultKind.Hang ? 1 : 1 + random.Next(8),
            After = random.Next(6),
            Seconds = kind switch { FaultKind.TooManyRequests => random.Next(2), FaultKind.Delay => 1, _ => null },
        });
    }

    void Poison()
    {
        foreach (var healed in poisoned.Where(row => row.Until <= step).ToList())
        {
            store.Poison.Remove(healed.Entity, healed.Id);
            poisoned.Remove(healed);
        }

        if (random.Next(3) == 0)
        {
            var entity = Any(EntityNames.All);
            var id = Any(store.Entity(entity).Ids());
            store.Poison.Add(entity, id, Any(Enum.GetValues<PoisonMode>()));
            poisoned.Add((entity, id, step + 2 + random.Next(8)));
        }
    }

    T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
