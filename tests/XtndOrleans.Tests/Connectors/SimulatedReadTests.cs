using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

/// <summary>The connector against a simulated store that behaves.</summary>
public sealed class SimulatedReadTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Entities.Product, 100)]
    [InlineData(Entities.Product, 37)]
    [InlineData(Entities.Product, 5000)]
    [InlineData(Entities.Order, 50)]
    public async Task A_whole_store_is_read_each_record_once_in_order(string entity, int size)
    {
        await using var store = await SimulatedStore.Start(products: 1000, orders: 120);
        var ids = await store.ReadAll(entity, size);
        Assert.Equal(entity == Entities.Product ? 1000 : 120, ids.Count);
        Assert.Equal(ids.Select(long.Parse).Order().Distinct(), ids.Select(long.Parse));
    }

    [Fact]
    public async Task What_stays_in_the_store_is_read_though_records_come_and_go_meanwhile()
    {
        await using var store = await SimulatedStore.Start(products: 300);
        var before = await store.ReadAll(Entities.Product, 1000);
        var gone = before.Where((_, i) => i % 10 == 3).ToHashSet();

        var read = await store.ReadAll(Entities.Product, 20, before: page =>
        {
            foreach (var id in gone.Skip((page - 1) * 3).Take(3))
            {
                store.Store.Catalog.Delete(int.Parse(id));
            }
            store.Store.Catalog.Add(1);
        });

        Assert.Equal(read.Distinct().Count(), read.Count);
        Assert.Empty(before.Except(gone).Except(read));
        Assert.Contains(read, id => !before.Contains(id));
    }

    [Fact]
    public async Task A_compressed_store_is_read_like_any_other()
    {
        await using var store = await SimulatedStore.Start(products: 120);
        store.Store.Settings.Gzip = true;
        Assert.Equal(120, (await store.ReadAll(Entities.Product, 50)).Count);
    }

    [Fact]
    public async Task Records_have_the_fields_that_the_store_shows()
    {
        await using var store = await SimulatedStore.Start();
        var session = await store.Session();
        using var products = await store.Magento.Read(session, new PageRequest(Entities.Product, null, null, 50), Cancel);
        using var orders = await store.Magento.Read(session, new PageRequest(Entities.Order, null, null, 20), Cancel);

        Assert.All(products.Records.Select(r => Assert.IsType<ProductFields>(r.Fields)), p => Assert.True(p is { Sku: not null, Name: not null, Type: not null, Status: "enabled" or "disabled" }));
        Assert.Contains(products.Records.Select(r => (ProductFields)r.Fields), p => p.Price > 0);
        Assert.All(orders.Records.Select(r => Assert.IsType<OrderFields>(r.Fields)), o =>
            Assert.True(o is { Number: not null, State: not null, Currency.Length: 3, GrandTotal: > 0, CustomerEmail: not null, CustomerName: not null, PlacedAt: not null, Lines.Count: > 0 }));
        Assert.All(products.Records.Concat(orders.Records), r => Assert.NotNull(r.SourceUpdatedAt));
    }

    [Fact]
    public async Task The_newest_record_tells_where_the_clock_of_change_stands()
    {
        await using var store = await SimulatedStore.Start();
        using var newest = await store.Magento.Read(await store.Session(), new PageRequest(Entities.Order, null, null, 1) { NewestOnly = true }, Cancel);
        using var all = await store.Magento.Read(await store.Session(), new PageRequest(Entities.Order, null, null, 100), Cancel);
        Assert.Equal(all.Records.Max(r => r.SourceUpdatedAt), Assert.Single(newest.Records).SourceUpdatedAt);
        Assert.Equal(20, newest.Total);

        var since = await store.ReadAll(Entities.Order, 100, all.Records.Max(r => r.SourceUpdatedAt));
        Assert.Equal(all.Records.Where(r => r.SourceUpdatedAt == newest.Records[0].SourceUpdatedAt).Select(r => r.ExternalId), since);
    }

    [Fact]
    public async Task The_time_of_a_page_is_the_time_of_the_store()
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Clock.Offset = TimeSpan.FromHours(-3);
        using var page = await store.Magento.Read(await store.Session(), new PageRequest(Entities.Product, null, null, 1), Cancel);
        Assert.InRange(page.StoreTime!.Value, store.Store.Clock.Now.AddMinutes(-1), store.Store.Clock.Now.AddMinutes(1));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(5)]
    public async Task A_token_tells_its_life(int minutes)
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Settings.TokenLife = TimeSpan.FromMinutes(minutes);
        store.Store.Clock.Offset = TimeSpan.FromDays(-400);
        Assert.Equal(TimeSpan.FromMinutes(minutes), (await store.Magento.SignIn(store.Account(), Cancel)).Life);
    }

    [Fact]
    public async Task An_opaque_token_works_and_tells_no_life()
    {
        await using var store = await SimulatedStore.Start(products: 5);
        store.Store.Settings.OpaqueTokens = true;
        Assert.Null((await store.Magento.SignIn(store.Account(), Cancel)).Life);
        Assert.Equal(5, (await store.ReadAll(Entities.Product, 10)).Count);
    }

    [Theory]
    [InlineData(TwoFactorMode.Required, FailureCodes.TwoFactorRequired)]
    [InlineData(TwoFactorMode.NotConfigured, FailureCodes.TwoFactorNotConfigured)]
    [InlineData(TwoFactorMode.AskAdministrator, FailureCodes.TwoFactorNotConfigured)]
    public async Task Two_factor_sign_in_is_recognised(TwoFactorMode mode, string code)
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Settings.TwoFactor = mode;
        var report = await store.Verify();
        Assert.Equal(("token", code), (report.Steps[^1].Step, report.Steps[^1].Code));
        Assert.Equal(1, store.Store.Traffic.Counts.TokenRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/rest")]
    [InlineData("/rest/V1")]
    [InlineData("/index.php/rest/V1")]
    [InlineData("/rest/default/V1")]
    [InlineData("/rest/all/V1")]
    public async Task A_verify_of_a_good_account_succeeds_however_the_address_is_typed(string path)
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Settings.MaximumPageSize = 300;
        store.Store.Clock.Offset = TimeSpan.FromMinutes(7);

        var report = await store.Verify(store.Account(address: store.Root + path));

        Assert.True(report.Ok, string.Join('\n', report.Steps));
        var held = store.Store;
        Assert.Equal(
            [50, 20, held.Invoices.Count, held.Shipments.Count, held.CreditMemos.Count, held.CustomerRows.Count, held.SourceItems.Count],
            report.Entities.Select(e => e.Ok ? e.Count ?? -1 : -2));
        Assert.Equal("sources", report.Store!.Stock);
        Assert.Equal(("2.4", "Community", 300), (report.Store!.Version, report.Store.Edition, report.Store.MaximumPageSize));
        Assert.InRange(report.Store.ClockSkewSeconds!.Value, 415, 425);
        Assert.NotNull(report.Store.TimeZone);
        Assert.NotNull(report.Store.Currency);
    }

    [Fact]
    public async Task A_verify_says_what_is_wrong()
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Users.Add("clerk", "Clerk123demo", "Magento_Catalog::products");

        var wrong = await store.Verify(store.Account(password: "wrong-password"));
        Assert.Equal(("token", FailureCodes.CredentialsRejected), (wrong.Steps[^1].Step, wrong.Steps[^1].Code));

        var clerk = await store.Verify(store.Account("clerk", "Clerk123demo"));
        Assert.True(clerk.Ok);
        Assert.Contains(clerk.Steps, s => s is { Step: "permissions", Ok: false, Code: FailureCodes.PermissionMissing });
        Assert.Equal(
            [null, "Magento_Sales::actions_view", "Magento_Sales::sales_invoice", "Magento_Sales::shipment", "Magento_Sales::sales_creditmemo", "Magento_Customer::customer", "Magento_InventoryApi::source"],
            clerk.Entities.Select(e => e.MissingPermission));
        Assert.Equal([true, false, false, false, false, false, false], clerk.Entities.Select(e => e.Ok));

        store.Store.Faults.Add(FaultKind.Maintenance, times: null);
        var down = await store.Verify();
        Assert.Equal(("reach", FailureCodes.Maintenance), (down.Steps[^1].Step, down.Steps[^1].Code));
    }
}
