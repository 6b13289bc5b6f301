namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// The requests that one silo makes at once, over all stores. Each tenant has a share at most and tenants take turns, so that one with a thousand hanging
/// stores cannot keep another waiting. Used by many grains at once.
/// </summary>
internal sealed class SiloSlots(int total, int perTenant)
{
    readonly Lock gate = new();
    readonly Dictionary<Guid, Tenant> tenants = [];
    readonly Queue<Guid> turns = [];
    int used;

    /// <summary>Waits for a slot. Dispose what it gives.</summary>
    public async Task<IDisposable> Enter(Guid tenant, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            var mine = Get(tenant);
            if (used < total && mine.Used < perTenant && mine.Waiting.Count == 0)
            {
                Take(mine);
                return new Slot(this, tenant);
            }

            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            mine.Waiting.AddLast(waiting);
            TakeTurn(tenant, mine);
        }

        await using var registration = cancellationToken.Register(() => GiveUp(tenant, waiting, cancellationToken));
        await waiting.Task;
        return new Slot(this, tenant);
    }

    /// <summary>Slots taken now.</summary>
    public int Used
    {
        get
        {
            lock (gate)
            {
                return used;
            }
        }
    }

    /// <summary>Those that wait for a slot now.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return tenants.Values.Sum(tenant => tenant.Waiting.Count);
            }
        }
    }

    Tenant Get(Guid tenant)
    {
        if (!tenants.TryGetValue(tenant, out var found))
        {
            tenants.Add(tenant, found = new());
        }

        return found;
    }

    void Take(Tenant tenant)
    {
        used++;
        tenant.Used++;
    }

    /// <summary>One turn at most: who gives up and comes again is not served twice.</summary>
    void TakeTurn(Guid id, Tenant tenant)
    {
        if (!tenant.HasTurn)
        {
            tenant.HasTurn = true;
            turns.Enqueue(id);
        }
    }

    void Leave(Guid id)
    {
        lock (gate)
        {
            var tenant = tenants[id];
            used--;
            tenant.Used--;
            Forget(id, tenant);
            LetIn();
        }
    }

    void GiveUp(Guid id, TaskCompletionSource waiting, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // Its turn stays in the queue and is passed over when it comes.
            if (tenants.TryGetValue(id, out var tenant) && tenant.Waiting.Remove(waiting))
            {
                waiting.SetCanceled(cancellationToken);
                Forget(id, tenant);
            }
        }
    }

    /// <summary>Gives free slots away, one to each waiting tenant in turn. A tenant whose share is used up keeps its turn for later.</summary>
    void LetIn()
    {
        for (var asked = turns.Count; asked > 0 && used < total; asked--)
        {
            var id = turns.Dequeue();
            var tenant = tenants[id];
            tenant.HasTurn = false;
            if (tenant.Used < perTenant && tenant.Waiting.First is { } first)
            {
                tenant.Waiting.RemoveFirst();
                Take(tenant);
                first.Value.SetResult();
            }

            if (tenant.Waiting.Count > 0)
            {
                TakeTurn(id, tenant);
            }

            Forget(id, tenant);
        }
    }

    void Forget(Guid id, Tenant tenant)
    {
        if (tenant is { Used: 0, Waiting.Count: 0, HasTurn: false })
        {
            tenants.Remove(id);
        }
    }

    sealed class Tenant
    {
        public int Used { get; set; }

        /// <summary>Whether it stands in the queue of turns, if only because it once waited.</summary>
        public bool HasTurn { get; set; }

        public LinkedList<TaskCompletionSource> Waiting { get; } = [];
    }

    sealed class Slot(SiloSlots owner, Guid tenant) : IDisposable
    {
        int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                owner.Leave(tenant);
            }
        }
    }
}
