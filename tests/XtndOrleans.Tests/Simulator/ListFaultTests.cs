using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Simulator;

/// <summary>Lists that are well formed and wrong.</summary>
public sealed class ListFaultTests(StoreWorld world) : IClassFixture<StoreWorld>
{
    MagentoStore Store => world.Store;

    async Task<List<int>> Ids(string query) =>
        [.. (await world.Get(query)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("entity_id").GetInt32())];

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_total_may_be_off_in_the_list_and_alone(int amount)
    {
        var total = Store.Entity("invoice").Count;
        Store.Faults.Add(new Fault(FaultKind.WrongTotal) { Times = 2, Path = "invoice", Amount = amount });
        Assert.Equal(total + amount, (await world.Get(StoreWorld.After("invoice", 0, 1))).GetProperty("total_count").GetInt32());
        Assert.Equal(total + amount, (await world.Get(StoreWorld.After("invoice", 0, 1, "&fields=total_count"))).GetProperty("total_count").GetInt32());
        Assert.Equal(total, (await world.Get(StoreWorld.After("invoice", 0, 1))).GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task A_total_may_be_missing()
    {
        Store.Faults.Add(FaultKind.NoTotal, path: "customer");
        var page = await world.Get(StoreWorld.After("customer", 0, 2));
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        Assert.False(page.TryGetProperty("total_count", out _));
    }

    [Fact]
    public async Task A_row_may_stand_in_a_page_twice()
    {
        var ids = Store.Entity("order").Ids();
        Store.Faults.Add(FaultKind.RowTwice, path: "order");
        Assert.Equal([ids[0], ids[0], ids[1]], await Ids(StoreWorld.After("order", 0, 3)));
        Assert.Equal(ids.Take(3), await Ids(StoreWorld.After("order", 0, 3)));
    }

    [Fact]
    public async Task A_store_may_ignore_the_sort_and_still_have_every_row()
    {
        Store.Faults.Add(FaultKind.Unordered, times: null, path: "order");
        var ids = await Ids(StoreWorld.After("order", 0, 0));
        Store.Faults.Clear();
        Assert.NotEqual(ids.Order(), ids);
        Assert.Equal(Store.Entity("order").Ids(), ids.Order());
    }

    [Fact]
    public async Task A_page_beyond_the_last_may_repeat_it()
    {
        const string beyond = "shipments?searchCriteria[pageSize]=10&searchCriteria[currentPage]=999";
        Assert.Empty(await Ids(beyond));
        Store.Faults.Add(FaultKind.LastPageAgain, path: "shipment");
        Assert.Equal(Store.Entity("shipment").Ids()[^1], (await Ids(beyond))[^1]);
    }

    [Fact]
    public async Task Data_may_change_between_two_pages()
    {
        var invoices = Store.Entity("invoice");
        var (gone, calls) = (invoices.Ids()[3], new List<int>());
        using (Store.Gates.Before("invoice", number =>
        {
            calls.Add(number);
            if (number == 2) invoices.Delete(gone);
        }))
        {
            var first = await Ids(StoreWorld.After("invoice", 0, 2));
            Assert.DoesNotContain(gone, await Ids(StoreWorld.After("invoice", first[^1], 2)));
        }
        await Ids(StoreWorld.After("invoice", 0, 2));
        Assert.Equal([1, 2], calls);
    }
}
