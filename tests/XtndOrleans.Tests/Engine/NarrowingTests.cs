using System.Globalization;
using CsCheck;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

/// <summary>How what a store cannot deliver is found, by a store that fails each page with a poisoned record in it.</summary>
public sealed class NarrowingTests
{
    static readonly Gen<HashSet<int>> Dense = Gen.Int[1, 60].HashSet[0, 60];
    static readonly Gen<HashSet<int>> Sparse = Gen.Int[1, 1_000_000].HashSet[0, 60];

    [Fact]
    public void Every_good_record_is_delivered_once_in_order_and_exactly_the_poisoned_are_found() =>
        Gen.Select(Gen.OneOf(Dense, Sparse), Gen.Int[0, 12], Gen.Int[1, 25], Gen.Int[0, int.MaxValue]).Sample((ids, poisoned, size, seed) =>
        {
            // Not by HashCode, which differs from process to process: a seed that failed must fail again.
            var random = new Random(seed);
            var poison = ids.Order().OrderBy(_ => random.Next()).Take(poisoned).ToHashSet();
            var store = new Poisoned(ids, poison);
            store.ReadAll(size).GetAwaiter().GetResult();
            Assert.Equal(ids.Except(poison).Order(), store.Delivered);
            Assert.Equal(poison.Order(), store.Suspects.Order());
            // To a point behind it, and back to it by halves: twenty steps each in a million ids.
            Assert.InRange(store.Asked, 0, 2 + (2 * ids.Count / size) + ids.Count + (poison.Count * 75));
        }, iter: 2000);

    [Fact]
    public async Task One_poisoned_record_among_many_costs_a_few_requests()
    {
        var store = new Poisoned(Enumerable.Range(1, 1000), [637]);
        await store.ReadAll(200);

        Assert.Equal(999, store.Delivered.Count);
        Assert.Equal([637], store.Suspects);
        Assert.InRange(store.Asked, 10, 30);
    }

    [Fact]
    public async Task A_store_that_fails_whatever_is_asked_for_is_recognised_after_a_bounded_number_of_requests()
    {
        var store = new Poisoned(Enumerable.Range(1, 100_000), Enumerable.Range(1, 100_000));
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.ReadAll(200));

        Assert.Contains("verything asked for fails", failure.Message);
        Assert.Equal(FailureCodes.StoreError, failure.Code);
        Assert.InRange(store.Asked, 10, 100);
        Assert.Empty(store.Delivered);
    }

    [Fact]
    public async Task A_range_is_read_without_what_lies_beside_it()
    {
        var store = new Poisoned(Enumerable.Range(1, 40), [12, 30]);
        var came = await store.Narrowing().Range(new(Entities.Product, null, null, 5), 9, 20);

        Assert.Equal(10, came);
        Assert.Equal([10, 11, 13, 14, 15, 16, 17, 18, 19, 20], store.Delivered);
        Assert.Equal([12], store.Suspects);
    }

    [Fact]
    public async Task Trouble_that_is_not_the_datas_ends_it()
    {
        var store = new Poisoned([1, 2, 3], [2]) { Down = true };
        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => store.Narrowing().Pass(new(Entities.Product, null, null, 10), new(FailureKind.Data, "x", "m", "c")));
        Assert.Equal(FailureKind.StoreDown, failure.Kind);
    }

    sealed class Poisoned(IEnumerable<int> ids, IEnumerable<int> poison)
    {
        readonly SortedSet<int> ids = [.. ids];
        readonly HashSet<int> poison = [.. poison];

        public List<int> Delivered { get; } = [];

        public List<int> Suspects { get; } = [];

        public int Asked { get; private set; }

        public bool Down { get; init; }

        public Narrowing Narrowing() => new((request, _) => Ask(request), Deliver, (id, failure) =>
        {
            Suspects.Add(Number(id));
            if (Suspects.Count > RunQuarantine.MostPerRun)
            {
                throw XtndOrleans.Engine.Syncs.Narrowing.EverythingFails(failure);
            }
        });

        /// <summary>Reads as a run does, page by page, and narrows what fails.</summary>
        public async Task ReadAll(int size)
        {
            string? after = null;
            while (true)
            {
                var request = new PageRequest(Entities.Product, after, null, size);
                try
                {
                    var page = await Ask(request);
                    after = page.Next ?? after;
                    await Deliver(page, after ?? "");
                    if (page.IsLast)
                    {
                        return;
                    }
                }
                catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && failure.Code != FailureCodes.StoreError)
                {
                    after = await Narrowing().Pass(request, failure);
                }
            }
        }

        Task Deliver(Page page, string next)
        {
            Delivered.AddRange(page.Records.Select(record => Number(record.ExternalId)));
            return Task.CompletedTask;
        }

        async Task<Page> Ask(PageRequest request)
        {
            await Task.CompletedTask;
            Asked++;
            var low = request.AfterId is null ? 0 : long.Parse(request.AfterId, CultureInfo.InvariantCulture);
            var high = request.UpToId is null ? long.MaxValue : long.Parse(request.UpToId, CultureInfo.InvariantCulture);
            var found = low >= int.MaxValue ? [] : ids.GetViewBetween((int)low + 1, (int)Math.Max(low + 1, Math.Min(int.MaxValue, high))).Where(id => id <= high).Take(request.Size + 1).ToList();
            var page = found.Take(request.Size).ToList();
            return Down ? throw new ConnectorException(FailureKind.StoreDown, FailureCodes.Timeout, "No answer.", "")
                : page.Exists(poison.Contains) ? throw new ConnectorException(FailureKind.Data, FailureCodes.MalformedAnswer, "The answer is empty.", "")
                : new([.. page.Select(id => RunWorld.Product(id))], null) { IsLast = found.Count <= request.Size };
        }

        static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);
    }
}
