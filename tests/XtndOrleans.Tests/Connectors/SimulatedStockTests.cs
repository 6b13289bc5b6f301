using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Stock, whose number is not in the answer, in stores that make it hard.</summary>
public sealed class SimulatedStockTests
{
    static readonly string[] Odd = ["a,b", "50%", "with space", "trailing ", "it's \"quoted\"", "tab\there", "ÅÄÖ/1", "a&b=c#d", "x:y:z", "+1", "[]", "%2F", "\\", "00", "0"];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(500)]
    public async Task Every_source_of_every_sku_is_read_whatever_the_size_of_a_page(int size)
    {
        await using var store = await Store();
        var read = await store.ReadAll(Entities.Stock, size);
        Assert.Equal(Held(store), read.Distinct().Order(StringComparer.Ordinal));
        if (size > 20)
        {
            Assert.Equal(read.Count, read.Distinct().Count());
        }
    }

    [Fact]
    public async Task Nothing_is_missed_when_the_size_of_a_page_changes_underway()
    {
        await using var store = await Store();
        int[] sizes = [7, 3, 1, 2, 11, 5];
        var read = new List<string>();
        await store.ReadPages(Entities.Stock, 0, page => read.AddRange(page.Records.Select(r => r.ExternalId)), sizes: number => sizes[number % sizes.Length]);
        Assert.Equal(Held(store), read.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_total_is_told_and_no_page_repeats_a_record()
    {
        await using var store = await Store();
        var total = 0L;
        await store.ReadPages(Entities.Stock, 6, page =>
        {
            total = Math.Max(total, page.Total ?? 0);
            Assert.Equal(page.Records.Count, page.Records.DistinctBy(r => r.ExternalId).Count());
        });
        Assert.Equal(Held(store).Count, total);
    }

    [Fact]
    public async Task Records_are_found_by_name_exactly_as_it_is_spelt()
    {
        await using var store = await Store();
        var session = await store.Session();
        foreach (var asked in Odd.Select(sku => $"default:{sku}").Concat(["east:twin", "default:Twin"]).Chunk(5))
        {
            using var page = await store.Magento.Read(session, new PageRequest(Entities.Stock, null, null, 20) { Ids = asked }, Cancel);
            Assert.Equal(asked.Order(), page.Records.Select(r => r.ExternalId).Order());
        }
        using var other = await store.Magento.Read(session, new PageRequest(Entities.Stock, null, null, 20) { Ids = ["default:TWIN", "east:50%"] }, Cancel);
        Assert.Empty(other.Records);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 7)]
    [InlineData(false, 10)]
    [InlineData(true, 10)]
    [InlineData(true, 7)]
    public async Task Legacy_stock_is_read_whole(bool repeatsLastPage, int size)
    {
        await using var store = await SimulatedStore.Start(new SimulatorOptions { Products = 30, Orders = 1, MultiSource = false });
        store.Store.Settings.RepeatsLastPage = repeatsLastPage;
        var products = await store.ReadAll(Entities.Product, 100);
        Assert.Equal("legacy", (await store.Verify()).Store!.Stock);

        var read = new List<StockFields>();
        await store.ReadPages(Entities.Stock, size, page => read.AddRange(page.Records.Select(r => (StockFields)r.Fields)), stock: "legacy");

        Assert.Equal(products.Order(), read.Select(s => s.ProductExternalId!).Distinct().Order());
        Assert.All(read, s => Assert.True(s is { Sku: null, Source: "default", Quantity: not null, InStock: not null }));
    }

    [Fact]
    public async Task Legacy_stock_is_read_whole_though_the_size_of_a_page_changes()
    {
        await using var store = await SimulatedStore.Start(new SimulatorOptions { Products = 100, Orders = 1, MultiSource = false });
        int[] sizes = [40, 20, 3, 7, 50, 1];
        var read = new List<string>();
        await store.ReadPages(Entities.Stock, 0, page => read.AddRange(page.Records.Select(r => r.ExternalId)), stock: "legacy", sizes: number => sizes[Math.Min(number, 5)]);
        Assert.Equal(100, read.Distinct().Count());
    }

    [Fact]
    public async Task Legacy_stock_is_gone_only_when_its_product_is()
    {
        await using var store = await SimulatedStore.Start(new SimulatorOptions { Products = 30, Orders = 1, MultiSource = false });
        var session = await store.Session() with { Stock = "legacy" };
        var (seven, eight) = (store.Store.Products.All[7].Id, store.Store.Products.All[8].Id);
        store.Store.Catalog.Delete(seven);
        var request = new PageRequest(Entities.Stock, null, null, 20);

        using var gone = await store.Magento.Read(session, request with { Ids = [$"{seven}"] }, Cancel);
        Assert.True(gone.IsLast && gone.Records.Count == 0);
        var there = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.Read(session, request with { Ids = [$"{seven}", $"{eight}"] }, Cancel));
        Assert.Equal((FailureKind.Rejected, FailureCodes.RequestRefused), (there.Kind, there.Code));
        using var count = await store.Magento.Read(session, request with { CountOnly = true }, Cancel);
        Assert.Equal(29, count.Total);
    }

    static List<string> Held(SimulatedStore store) => [.. store.Store.SourceItems.All.Select(s => $"{s.SourceCode}:{s.Sku}").Order(StringComparer.Ordinal)];

    static async Task<SimulatedStore> Store()
    {
        var store = await SimulatedStore.Start(products: 20, orders: 1);
        void Add(string sku, string source) => store.Store.SourceItems.Add(1, id => new() { Id = id, Sku = sku, SourceCode = source, Quantity = id });
        foreach (var sku in Odd)
        {
            Add(sku, "default");
        }
        // One SKU by MySQL's rules, two by ours; a SKU in more sources than fit into a page; a last one that fills it exactly.
        Add("twin", "east");
        Add("Twin", "default");
        Add("TWIN", "west");
        for (var source = 0; source < 25; source++)
        {
            Add("many", $"source-{source:00}");
            Add(source % 2 == 0 ? "zzz" : "ZZZ", $"source-{source:00}");
        }
        return store;
    }
}
