using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

public sealed class MagentoVerifyTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_account_is_described()
    {
        await using var store = await StoreStub.Start(Store);
        var told = new List<string>();

        var outcome = await store.Magento.Verify(store.Account, new Told(told), Cancel);

        var report = outcome.Report;
        Assert.True(report.Ok);
        Assert.Equal(["reach", "token", "permissions", "store"], told);
        Assert.Equal(told, report.Steps.Select(s => s.Step));
        Assert.Equal(
            [("product", 2802L), ("order", 1257L), ("invoice", 946L), ("shipment", 720L), ("accounting", 81L), ("customer", 320L), ("stock", 2780L)],
            report.Entities.Select(e => (e.Entity, e.Count ?? -1)));
        Assert.All(report.Entities, e => Assert.True(e.Ok && e.Cure is null && e.MissingPermission is null));
        Assert.Equal("abc", outcome.Token!.Value);
        Assert.Equal(new StoreProfile("shop.example", "2.4", "Community", "Europe/Madrid", "EUR", report.Store!.ClockSkewSeconds, 300) { Stock = "sources" }, report.Store);
        Assert.InRange(report.Store.ClockSkewSeconds!.Value, -2, 2);
        Assert.Single(store.Requests, r => r.StartsWith("POST"));
    }

    [Fact]
    public async Task A_missing_right_is_named_and_does_not_keep_from_the_rest()
    {
        await using var store = await StoreStub.Start(With("/rest/V1/orders", 401, """{"message":"x","parameters":{"resources":"Magento_Sales::actions_view"}}"""));

        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;

        Assert.True(report.Ok);
        Assert.Equal([("reach", null), ("token", null), ("permissions", FailureCodes.PermissionMissing), ("store", null)], report.Steps.Select(s => (s.Step, s.Code)));
        Assert.Contains("order", report.Steps[2].Detail);
        Assert.Contains("Magento_Sales::actions_view", report.Steps[2].Detail);
        Assert.Contains("Sales > Operations > Orders > Actions > View", report.Steps[2].Cure);
        Assert.Equal(new VerifiedEntity(Entities.Product, true, 2802, null, null), report.Entities[0]);
        Assert.Equal(new VerifiedEntity(Entities.Order, false, null, "Magento_Sales::actions_view", "Sales > Operations > Orders > Actions > View"), report.Entities[1]);
        Assert.Equal("Europe/Madrid", report.Store!.TimeZone);
    }

    [Fact]
    public async Task A_user_who_may_read_nothing_is_not_fine()
    {
        await using var store = await StoreStub.Start(context => context.Request.Path.Value!.Contains("integration") || !context.Request.Headers.ContainsKey("Authorization")
            ? Store(context) : Answer(context, 401, """{"message":"x","parameters":{"resources":"Magento_Backend::admin"}}"""));

        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;

        Assert.False(report.Ok);
        Assert.Equal(("permissions", FailureCodes.PermissionMissing), (report.Steps[^1].Step, report.Steps[^1].Code));
        Assert.All(report.Entities, e => Assert.False(e.Ok));
    }

    [Fact]
    public async Task An_entity_whose_list_is_broken_does_not_keep_from_the_rest()
    {
        await using var store = await StoreStub.Start(With("/rest/V1/invoices", 500, """{"message":"Internal Error"}"""));
        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;
        Assert.True(report.Ok);
        Assert.Equal(["invoice"], report.Entities.Where(e => !e.Ok).Select(e => e.Entity));
        Assert.Contains("invoice", report.Steps[2].Detail);
    }

    [Theory]
    [InlineData("/rest/V1/inventory/source-items", 404, "[]", "legacy", 2804)]
    [InlineData("/rest/V1/inventory/source-items", 404, """["Magento_Catalog"]""", "legacy", 2804)]
    [InlineData("/rest/V1/inventory/source-items", 404, """["Magento_InventoryApi"]""", "sources", null)]
    [InlineData("/rest/V1/inventory/source-items", 401, "[]", "sources", null)]
    [InlineData("/rest/V1/inventory/source-items", 503, "[]", null, null)]
    [InlineData("/none", 200, "[]", "sources", 2780)]
    public async Task The_kind_of_stock_is_found_out(string path, int status, string modules, string? kind, int? count)
    {
        await using var store = await StoreStub.Start(context => context.Request.Path.Value switch
        {
            "/rest/V1/modules" => Answer(context, 200, modules),
            var asked when asked == path => Answer(context, status, """{"message":"Request does not match any route.","parameters":{"resources":"Magento_InventoryApi::source"}}"""),
            _ => Store(context),
        });

        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;

        Assert.Equal(kind, report.Store!.Stock);
        Assert.Equal(count, report.Entities.Single(e => e.Entity == Entities.Stock).Count);
    }

    [Fact]
    public async Task A_store_is_never_asked_more_than_four_things_at_once()
    {
        var (now, most) = (0, 0);
        await using var store = await StoreStub.Start(async context =>
        {
            var at = Interlocked.Increment(ref now);
            most = context.Request.Headers.ContainsKey("Authorization") ? Math.Max(most, at) : most;
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
            }
            finally
            {
                Interlocked.Decrement(ref now);
            }

            await Store(context);
        }, clock: new FakeTimeProvider(TimeProvider.System.GetUtcNow())); // or a slow machine would pass for a slow store, which is asked more at once
        Assert.True((await store.Magento.Verify(store.Account, null, Cancel)).Report.Ok);
        Assert.InRange(most, 1, 4);
    }

    [Theory]
    [InlineData("/rest/V1/directory/currency", 200, "<html>A nice shop</html>", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/directory/currency", 200, """{"some":"api"}""", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/directory/currency", 200, """{"base_currency_code":"\ud800"}""", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/directory/currency", 404, """{"error":"some api"}""", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/directory/currency", 200, "{}garbage", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/directory/currency", 404, "<html>Not found</html>", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/directory/currency", 503, "<!doctype html><h1>Service Temporarily Unavailable</h1>", "reach", FailureCodes.Maintenance)]
    [InlineData("/rest/V1/directory/currency", 403, "<html>cf-error-details</html>", "reach", FailureCodes.BlockedByFirewall)]
    [InlineData("/rest/V1/directory/currency", 400, """{"message":"Specified request cannot be processed."}""", "reach", FailureCodes.NotAMagentoApi)]
    [InlineData("/rest/V1/integration/admin/token", 401, """{"message":"no"}""", "token", FailureCodes.CredentialsRejected)]
    [InlineData("/rest/V1/integration/admin/token", 400, """{"message":"no","parameters":{"active_providers":["google"]}}""", "token", FailureCodes.TwoFactorRequired)]
    public async Task The_step_that_fails_ends_the_report_with_a_cure(string path, int status, string body, string step, string code)
    {
        await using var store = await StoreStub.Start(With(path, status, body));

        var outcome = await store.Magento.Verify(store.Account, null, Cancel);

        var last = outcome.Report.Steps[^1];
        Assert.Equal((false, step, code), (outcome.Report.Ok, last.Step, last.Code));
        Assert.NotEmpty(last.Cure!);
        Assert.Null(outcome.Token);
        Assert.Equal(step == "token" ? 1 : 0, store.Requests.Count(r => r.StartsWith("POST")));
    }

    [Fact]
    public async Task A_store_that_answers_only_behind_index_php_tells_the_address_to_type()
    {
        await using var store = await StoreStub.Start(context =>
        {
            if (!context.Request.Path.StartsWithSegments("/index.php", out var rest))
            {
                context.Response.StatusCode = 404;
                return context.Response.WriteAsync("<html>404</html>");
            }
            context.Request.Path = rest;
            return Store(context);
        });

        var last = (await store.Magento.Verify(store.Account, null, Cancel)).Report.Steps[^1];

        Assert.Equal(FailureCodes.NotAMagentoApi, last.Code);
        Assert.Contains($"{store.Root}/index.php/rest/V1", last.Cure);
    }

    [Fact]
    public async Task A_broken_first_record_does_not_look_like_a_missing_right()
    {
        await using var store = await StoreStub.Start(context =>
            context.Request.Path == "/rest/V1/orders" && !context.Request.QueryString.Value!.Contains("[value]=0")
                ? Answer(context, 500, """{"message":"Internal Error"}""")
                : Store(context));
        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;
        Assert.True(report.Ok);
        Assert.Equal(new VerifiedEntity(Entities.Order, true, null, null, null), report.Entities[1]);
    }

    [Fact]
    public async Task A_role_that_may_not_see_the_settings_is_good_enough()
    {
        await using var store = await StoreStub.Start(With("/rest/V1/store/storeConfigs", 401, """{"message":"x","parameters":{"resources":"Magento_Backend::store"}}"""));
        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;
        Assert.True(report.Ok);
        Assert.Equal((null, "EUR"), (report.Store!.TimeZone, report.Store.Currency));
        Assert.Contains("All Stores", report.Steps[^1].Detail);
    }

    /// <summary>Two seconds an answer: four at a time, the nine that follow the sign-in would take six, and four are left.</summary>
    [Fact]
    public async Task A_slow_store_is_asked_for_the_rest_at_once()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        await using var store = await StoreStub.Start(
            async context =>
            {
                if (context.Request.Path.Value is "/rest/V1/directory/currency" or "/rest/V1/integration/admin/token")
                {
                    clock.Advance(TimeSpan.FromSeconds(2));
                }
                else if (context.Request.Path != "/magento_version")
                {
                    if (Interlocked.Increment(ref waiting) == 9)
                    {
                        all.SetResult();
                    }

                    await all.Task.WaitAsync(context.RequestAborted);
                }

                await Store(context);
            },
            clock: clock);

        var report = (await store.Magento.Verify(store.Account, null, Cancel).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel)).Report;

        Assert.True(report.Ok);
        Assert.All(report.Entities, entity => Assert.True(entity.Ok));
        Assert.Equal("Europe/Madrid", report.Store!.TimeZone);
    }

    [Theory]
    [InlineData("/rest/V1/directory/currency", "reach")]
    [InlineData("/rest/V1/integration/admin/token", "token")]
    [InlineData("/rest/V1/orders", "permissions")]
    [InlineData("/magento_version", null)]
    [InlineData("/rest/V1/store/storeConfigs", null)]
    public async Task A_store_that_hangs_somewhere_is_reported_within_the_limit(string path, string? failing)
    {
        var limit = TimeSpan.FromSeconds(3);
        await using var store = await StoreStub.Start(
            context => context.Request.Path == path ? StoreStub.Hang(context) : Store(context), o => o.VerifyLimit = limit);

        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;

        Assert.InRange(report.DurationMs, 0, 9_000);
        Assert.Equal(failing is null, report.Ok);
        if (failing is not null)
        {
            Assert.Equal((failing, FailureCodes.Timeout), (report.Steps[^1].Step, report.Steps[^1].Code));
        }
    }

    [Fact]
    public async Task A_forbidden_address_is_reported_not_thrown()
    {
        await using var store = await StoreStub.Start(Store, o => o.AllowPrivateAddresses = false);
        var report = (await store.Magento.Verify(store.Account, null, Cancel)).Report;
        Assert.Equal(("reach", FailureCodes.EgressForbidden), (report.Steps[^1].Step, report.Steps[^1].Code));
        Assert.Null(report.Store);
        Assert.Empty(store.Requests);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_kept()
    {
        await using var store = await StoreStub.Start(StoreStub.Hang);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var verify = store.Magento.Verify(store.Account, null, caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => verify);
    }

    static RequestDelegate With(string path, int status, string body) => context => context.Request.Path == path ? Answer(context, status, body) : Store(context);

    static Task Store(HttpContext context) => context.Request.Path.Value switch
    {
        "/magento_version" => Answer(context, 200, "Magento/2.4 (Community)"),
        "/rest/V1/directory/currency" => Answer(context, 200, """{"base_currency_code":"EUR","available_currency_codes":["EUR"]}"""),
        "/rest/V1/integration/admin/token" => Answer(context, 200, "\"abc\""),
        "/rest/V1/store/storeConfigs" => Answer(
            context, 200, """[{"id":2,"code":"second","timezone":"UTC"},{"id":1,"code":"default","timezone":"Europe/Madrid","base_currency_code":"EUR","base_url":"https:\/\/shop.example\/"}]"""),
        "/rest/V1/products" when context.Request.QueryString.Value!.Contains("100000") => Answer(context, 400, """{"message":"x","parameters":{"max":300}}"""),
        "/rest/V1/products" => Answer(context, 200, MagentoReadTests.List(2802, """{"id":1}""")),
        "/rest/V1/orders" when context.Request.QueryString.Value!.Contains("[value]=0") => Answer(context, 200, MagentoReadTests.List(0)),
        "/rest/V1/orders" => Answer(context, 200, MagentoReadTests.List(1257, """{"entity_id":1}""")),
        "/rest/V1/invoices" => Answer(context, 200, MagentoReadTests.List(946, """{"entity_id":1}""")),
        "/rest/V1/shipments" => Answer(context, 200, MagentoReadTests.List(720, """{"entity_id":1}""")),
        "/rest/V1/creditmemos" => Answer(context, 200, MagentoReadTests.List(81, """{"entity_id":1}""")),
        "/rest/V1/customers/search" => Answer(context, 200, MagentoReadTests.List(320, """{"id":1}""")),
        "/rest/V1/inventory/source-items" => Answer(context, 200, MagentoReadTests.List(2780, """{"sku":"A","source_code":"default"}""")),
        "/rest/V1/stockItems/lowStock" => Answer(context, 200, MagentoReadTests.List(2804, """{"item_id":9,"product_id":1}""")),
        _ => Answer(context, 404, """{"message":"Request does not match any route."}"""),
    };

    static Task Answer(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        // Kestrel's own is up to a second old, and older on a busy machine.
        context.Response.Headers.Date = TimeProvider.System.GetUtcNow().ToString("R");
        return context.Response.WriteAsync(body);
    }

    sealed class Told(List<string> steps) : IProgress<VerificationStep>
    {
        public void Report(VerificationStep value) => steps.Add(value.Step);
    }
}
