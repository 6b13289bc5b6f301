using System.Text.Json.Nodes;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Every entity of a simulated store: whole, in part, counted and by name.</summary>
public sealed class SimulatedEntityTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => [Entities.Product, Entities.Order, Entities.Invoice, Entities.Shipment, Entities.Accounting, Entities.Customer, Entities.Stock];

    public static TheoryData<string> Numbered => [Entities.Product, Entities.Order, Entities.Invoice, Entities.Shipment, Entities.Accounting, Entities.Customer];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_whole_read_by_pages_gives_every_record_once_as_the_store_has_it(string entity)
    {
        await using var store = await SimulatedStore.Start(products: 130, orders: 120);
        var expected = (await store.Get($"{Path(entity)}?searchCriteria[pageSize]=0")).Select(node => node!.ToJsonString()).Order();
        var read = new List<string>();
        await store.ReadPages(entity, 7, page =>
        {
            Assert.All(page.Records, r => Assert.NotNull(r.Fields.Key));
            read.AddRange(page.Records.Select(r => JsonNode.Parse(r.Body.Span)!.ToJsonString()));
        });
        Assert.NotEmpty(read);
        Assert.Equal(expected, read.Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Records_are_counted_and_read_by_name(string entity)
    {
        await using var store = await SimulatedStore.Start(products: 40, orders: 60);
        var session = await store.Session();
        var ids = await store.ReadAll(entity, 500);
        var wanted = new[] { ids[1], ids[0], ids[^1] };
        var all = new PageRequest(entity, null, null, 100);

        using var count = await store.Magento.Read(session, all with { CountOnly = true }, Cancel);
        Assert.Equal((ids.Count, true, 0), ((int)count.Total!, count.IsLast, count.Records.Count));

        using var named = await store.Magento.Read(session, all with { Ids = wanted }, Cancel);
        Assert.Equal(wanted.Order(), named.Records.Select(r => r.ExternalId).Order());
        Assert.True(named.IsLast);

        using var none = await store.Magento.Read(session, all with { Ids = [entity == Entities.Stock ? "default:no such sku" : "999999"] }, Cancel);
        Assert.True(none.IsLast && none.Records.Count == 0);

        using var others = await store.Magento.Read(session, all with { Size = 500, Except = wanted }, Cancel);
        Assert.Equal(ids.Except(wanted), others.Records.Select(r => r.ExternalId));
        Assert.True(others.IsLast);
    }

    [Theory]
    [MemberData(nameof(Numbered))]
    public async Task A_range_of_ids_is_read_and_counted(string entity)
    {
        await using var store = await SimulatedStore.Start(products: 40, orders: 90);
        var session = await store.Session();
        var ids = await store.ReadAll(entity, 500);
        var range = new PageRequest(entity, ids[0], null, 500) { UpToId = ids[^2], Except = [ids[1]] };

        using var count = await store.Magento.Read(session, range with { CountOnly = true }, Cancel);
        using var page = await store.Magento.Read(session, range, Cancel);
        Assert.Equal(ids[2..^1], page.Records.Select(r => r.ExternalId));
        Assert.Equal(ids.Count - 3, count.Total);
        Assert.True(page.IsLast);
    }

    [Theory]
    [MemberData(nameof(Numbered))]
    public async Task The_newest_change_and_what_changed_since_are_told(string entity)
    {
        await using var store = await SimulatedStore.Start(products: 30, orders: 40);
        var session = await store.Session();
        using var newest = await store.Magento.Read(session, new PageRequest(entity, null, null, 1) { NewestOnly = true }, Cancel);
        var since = Assert.Single(newest.Records).SourceUpdatedAt;
        Assert.NotNull(since);
        Assert.Contains(newest.Records[0].ExternalId, await store.ReadAll(entity, 10, since));
        Assert.Empty(await store.ReadAll(entity, 10, since.Value.AddSeconds(1)));
    }

    [Fact]
    public async Task Canonical_fields_say_what_the_store_says()
    {
        await using var store = await SimulatedStore.Start(products: 40, orders: 60);
        var session = await store.Session();
        async Task<List<T>> Fields<T>(string entity)
        {
            using var page = await store.Magento.Read(session, new PageRequest(entity, null, null, 500), Cancel);
            return [.. page.Records.Select(r => (T)(object)r.Fields)];
        }
        Assert.All(await Fields<InvoiceFields>(Entities.Invoice), i => Assert.True(i is { OrderExternalId: not null, State: "open" or "paid" or "canceled", Currency.Length: 3, GrandTotal: not null, IssuedAt: not null }));
        Assert.All(await Fields<AccountingFields>(Entities.Accounting), a => Assert.True(a is { OrderExternalId: not null, State: "open" or "refunded" or "canceled", Currency.Length: 3, GrandTotal: not null }));
        var shipments = await Fields<ShipmentFields>(Entities.Shipment);
        Assert.All(shipments, s => Assert.True(s is { OrderExternalId: not null, TotalQuantity: > 0, ShippedAt: not null }));
        Assert.Contains(shipments, s => s.Tracks is [{ Carrier: not null, Number: not null }, ..]);
        Assert.Contains(await Fields<CustomerFields>(Entities.Customer), c => c is { Name: not null, Group: not null, CreatedAt: not null } && c.Addresses.Any(a => a is { IsBilling: true, City: not null, Street: not null }));
        Assert.All(await Fields<StockFields>(Entities.Stock), s => Assert.True(s is { Sku: not null, Source: not null, Quantity: not null, InStock: not null }));
    }

    static string Path(string entity) => entity switch
    {
        Entities.Accounting => "creditmemos",
        Entities.Customer => "customers/search",
        Entities.Stock => "inventory/source-items",
        _ => $"{entity}s",
    };
}
