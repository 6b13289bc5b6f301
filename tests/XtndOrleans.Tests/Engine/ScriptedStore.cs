using System.Collections.Concurrent;
using System.Globalization;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Engine;

/// <summary>A store in memory. Its records change and its requests fail as a test says.</summary>
internal sealed class ScriptedStore : IConnector
{
    readonly ConcurrentDictionary<int, StoreRecord> records = new();
    readonly ConcurrentQueue<PageRequest> requests = new();

    public SystemDescription Description => new("magento", "Scripted", [], [new(Entities.Product, "Products", "daily", 100) { HasDeltas = HasDeltas }]);

    public bool HasDeltas { get; set; } = true;

    /// <summary>What was asked, in order: <c>newest</c>, or the id it goes on after (<c>-</c> from the beginning).</summary>
    public IReadOnlyList<string> Asked => [.. Pages.Select(request => request.NewestOnly ? "newest" : request.AfterId ?? "-")];

    public IReadOnlyList<int> Sizes => [.. Pages.Where(request => !request.NewestOnly).Select(request => request.Size)];

    /// <summary>The single records that were asked for, in order.</summary>
    public IReadOnlyList<string> AskedById => [.. requests.SelectMany(request => request.Ids)];

    /// <summary>How often it was asked for a count.</summary>
    public int Counted => requests.Count(request => request.CountOnly);

    /// <summary>Every request, in order.</summary>
    public IReadOnlyCollection<PageRequest> Requests => requests;

    /// <summary>Records that make each answer fail that would have them.</summary>
    public ConcurrentDictionary<int, bool> Poison { get; } = new();

    /// <summary>Records that no list has, though they are counted and come when they are asked for by id or in a range.</summary>
    public HashSet<int> Hidden { get; } = [];

    /// <summary>How many more it counts than it has.</summary>
    public int Miscounts { get; set; }

    /// <summary>Ids that it counts and never gives.</summary>
    public HashSet<int> Ghosts { get; } = [];

    IEnumerable<PageRequest> Pages => requests.Where(request => request is { CountOnly: false, Ids.Count: 0 });

    /// <summary>Called with each request before it is answered; may change records, throw or hang.</summary>
    public Func<PageRequest, CancellationToken, Task>? Before { get; set; }

    public DateTimeOffset Time { get; set; } = RunWorld.Now;

    public void Delete(int id) => records.TryRemove(id, out _);

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
            return new([.. Whole(records.Values.OrderByDescending(record => record.SourceUpdatedAt).Take(1))], null) { StoreTime = Time, Total = records.Count };
        }

        var matching = records.OrderBy(pair => pair.Key).Where(pair => Matches(request, pair.Key, pair.Value)).ToList();
        if (request.CountOnly)
        {
            return new([], null) { IsLast = true, StoreTime = Time, Total = matching.Count + Miscounts + Ghosts.Count(id => IsWithin(request, id)) };
        }

        var rest = matching.Where(pair => request.UpToId is not null || request.Ids.Count > 0 || !Hidden.Contains(pair.Key)).Select(pair => pair.Value).ToList();
        return new([.. Whole(rest.Take(request.Size))], null) { IsLast = rest.Count <= request.Size, StoreTime = Time, Total = rest.Count, Bytes = 100 };
    }

    static bool Matches(PageRequest request, int id, StoreRecord record) => request.Ids.Count > 0
        ? request.Ids.Contains(record.ExternalId)
        : IsWithin(request, id) && !request.Except.Contains(record.ExternalId)
            && (request.ChangedSince is null || record.SourceUpdatedAt >= request.ChangedSince);

    static bool IsWithin(PageRequest request, int id) => id > Number(request.AfterId ?? "0") && (request.UpToId is null || id <= Number(request.UpToId));

    List<StoreRecord> Whole(IEnumerable<StoreRecord> answer)
    {
        var found = answer.ToList();
        return found.Exists(record => Poison.ContainsKey((int)Number(record.ExternalId)))
            ? throw new ConnectorException(FailureKind.Data, FailureCodes.StoreError, "The store failed while it made this answer.", "") { Reply = "SQLSTATE" }
            : found;
    }

    public bool TryReadApiUrl(string typed, out Uri baseAddress, out string? problem) => throw new NotSupportedException();

    public Task<StoreToken> SignIn(StoreAccount account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string Authorize(StoreAccount account, StoreToken token, PageRequest request, string? stock) => "Bearer " + token.Value;

    public Task<VerificationOutcome> Verify(StoreAccount account, IProgress<VerificationStep>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
