using System.Diagnostics;
using System.Net.Http.Headers;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Magento;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Benchmarks;

/// <summary>What a delta took, in milliseconds.</summary>
/// <param name="Requests">As the store counts.</param>
/// <param name="Run">From the call that starts it until its last commit.</param>
/// <param name="Bare">The same requests by a plain client, answers thrown away.</param>
internal sealed record DeltaTime(long Requests, double Run, double Bare);

/// <summary>Deltas of one entity, each beside its bare requests.</summary>
internal sealed class DeltaRuns : IDisposable
{
    readonly IngestTarget target;
    readonly RealEngine engine;
    readonly StoreControl control;
    readonly EntityId id;
    readonly RunEnds ends = new();
    readonly HttpClient client;

    public DeltaRuns(IngestTarget target, RealEngine engine, StoreControl control, EntityId id)
    {
        (this.target, this.engine, this.control, this.id) = (target, engine, control, id);
        client = new() { BaseAddress = target.Store.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.Store.Token);
    }

    /// <summary>Nothing has changed: one page, and it is empty.</summary>
    public Task<DeltaTime> OfNothing() => Measure(changes: 0);

    /// <summary>One record is new: the page has it, and the store's count is compared with ours.</summary>
    public async Task<DeltaTime> OfOne()
    {
        await control.Add(id.Entity);
        return await Measure(changes: 1);
    }

    public void Dispose()
    {
        ends.Dispose();
        client.Dispose();
    }

    async Task<DeltaTime> Measure(int changes)
    {
        var since = new DateTimeOffset((DateTime)(await Watermark())!) - new SyncOptions().Overlap;
        await control.Reset();
        var (ended, began) = (ends.Next(), Stopwatch.GetTimestamp());
        var begun = await engine.Begin(id, "incremental");
        var run = Stopwatch.GetElapsedTime(began, await ended).TotalMilliseconds;
        var requests = await control.Requests();
        var view = await engine.Find(id, begun);
        if (view.State != "succeeded" || view.Inserted + view.Updated != changes)
        {
            throw new InvalidOperationException($"The delta {view.State} with {view.Inserted} new and {view.Updated} changed records.");
        }

        var bare = await Get(new(id.Entity, null, since, target.Options.Page));
        if (changes > 0)
        {
            bare += await Get(new(id.Entity, null, null, 1) { CountOnly = true, UpToId = (string)(await Highest())! });
        }

        return new(requests, run, bare);
    }

    async Task<double> Get(PageRequest request)
    {
        var address = new Uri(MagentoQuery.Page(MagentoEntity.Named(id.Entity), request), UriKind.Relative);
        var began = Stopwatch.GetTimestamp();
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    Task<object?> Highest() => target.Database.Source.Execute(
        "SELECT up_to_id FROM xtnd.completeness WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", id.Connection.Tenant, id.Connection.Connection, id.Entity);

    Task<object?> Watermark() => target.Database.Source.Execute(
        "SELECT watermark FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", id.Connection.Tenant, id.Connection.Connection, id.Entity);
}
