using System.Collections.Concurrent;
using System.Globalization;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Engine;

/// <summary>A store in memory. Its records change and its requests fail as a test says.</summary>
internal sealed class ScriptedStore : IConnector
{
    readonly ConcurrentDictionary<int, StoreRecord> records = new();
    readonly ConcurrentQueue<PageRequest> requests = new();

    public SystemDescription Description { get; } = new("magento", "Scripted", [], [new(Entities.Product, "Products", "daily", 100)]);

    /// <summary>What was asked, in order: <c>newest</c>, or the id it goes on after (<c>-</c> from the beginning).</summary>
    public IReadOnlyList<string> Asked => [.. requests.Select(request => request.NewestOnly ? "newest" : request.AfterId ?? "-")];

    public IReadOnlyList<int> Sizes => [.. requests.Where(request => !request.NewestOnly).Select(request => request.Size)];

    /// <summary>Called with each request before it is answered; may change records, throw or hang.</summary>
    public Func<PageRequest, CancellationToken, Task>? Before { get; set; }

    public DateTimeOffset Time { get; set; } = RunWorld.Now;

    public void Save(int id, string name, DateTimeOffset changedAt) => records[id] = RunWorld.Product(id, name, changedAt);

    public async Task<Page> Read(StoreSession session, PageRequest request, CancellationToken cancellationToken)
    {
        requests.Enqueue(request);
        if (Before is { } before)
        {
            await before(request, cancellationToken);
        }

        if (request.NewestOnly)
        {
            return new([.. records.Values.OrderByDescending(record => record.SourceUpdatedAt).Take(1)], null) { StoreTime = Time, Total = records.Count };
        }

        var after = request.AfterId is null ? 0 : Number(request.AfterId);
        var rest = records.OrderBy(pair => pair.Key)
            .Where(pair => pair.Key > after && (request.ChangedSince is null || pair.Value.SourceUpdatedAt >= request.ChangedSince))
            .Select(pair => pair.Value)
            .ToList();
        return new([.. rest.Take(request.Size)], null) { IsLast = rest.Count <= request.Size, StoreTime = Time, Total = rest.Count, Bytes = 100 };
    }

    public bool TryReadApiUrl(string typed, out Uri baseAddress, out string? problem) => throw new NotSupportedException();

    public Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string Authorize(StoreAccount account, StoreToken token, PageRequest request, string? stock, DateTimeOffset storeNow) => "Bearer " + token.Value;

    public Task<VerificationOutcome> Verify(StoreAccount account, IProgress<VerificationStep>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}
