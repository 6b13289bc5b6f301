using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

/// <summary>The connector against every fault that the simulator can make.</summary>
public sealed class SimulatedFaultTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.Unauthorized, FailureCodes.Unauthorized, FailureKind.Unauthorized)]
    [InlineData(FaultKind.TooManyRequests, FailureCodes.RateLimited, FailureKind.Rate)]
    [InlineData(FaultKind.InternalError, FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(FaultKind.FatalError, FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(FaultKind.DatabaseDown, FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(FaultKind.Maintenance, FailureCodes.Maintenance, FailureKind.StoreDown)]
    [InlineData(FaultKind.BadGateway, FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(FaultKind.GatewayTimeout, FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(FaultKind.WafPage, FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(FaultKind.WafDenied, FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(FaultKind.HtmlNotFound, FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(FaultKind.Truncated, FailureCodes.MalformedAnswer, FailureKind.Data)]
    [InlineData(FaultKind.Broken, FailureCodes.Unreachable, FailureKind.StoreDown)]
    [InlineData(FaultKind.Endless, FailureCodes.AnswerTooLarge, FailureKind.Data)]
    [InlineData(FaultKind.Drip, FailureCodes.Timeout, FailureKind.StoreDown)]
    [InlineData(FaultKind.Reset, FailureCodes.Unreachable, FailureKind.StoreDown)]
    [InlineData(FaultKind.Empty, FailureCodes.MalformedAnswer, FailureKind.Data)]
    [InlineData(FaultKind.ErrorObject, FailureCodes.MalformedAnswer, FailureKind.Data)]
    [InlineData(FaultKind.Redirect, FailureCodes.Redirected, FailureKind.Rejected)]
    [InlineData(FaultKind.Hang, FailureCodes.Timeout, FailureKind.StoreDown)]
    public async Task Every_fault_of_a_page_has_its_class_and_tells_no_secret(FaultKind fault, string code, FailureKind kind)
    {
        await using var store = await SimulatedStore.Start(configure: o =>
        {
            o.RequestLimit = LimitFor(fault);
            o.AnswerLimit = 4 * 1024 * 1024;
        });
        store.Store.Faults.Add(new Fault(fault) { Path = "products", Location = "http://10.0.0.1/inside?token=secret" });

        var failure = await store.Failure();

        Assert.Equal((code, kind), (failure.Code, failure.Kind));
        Assert.All([failure.Message, failure.Cure], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.All([SimulatedStore.Password, store.Token, "token=secret"], secret => Assert.DoesNotContain(secret, failure.ToString() + failure.Cure + failure.AsPermissionMissing()));
        Assert.Equal(1, store.Store.Traffic.Counts.ByPath["products"]);
    }

    [Theory]
    [InlineData(FaultKind.Unauthorized, FailureCodes.CredentialsRejected, FailureKind.Credentials)]
    [InlineData(FaultKind.TooManyRequests, FailureCodes.RateLimited, FailureKind.Rate)]
    [InlineData(FaultKind.InternalError, FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(FaultKind.FatalError, FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(FaultKind.DatabaseDown, FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(FaultKind.Maintenance, FailureCodes.Maintenance, FailureKind.StoreDown)]
    [InlineData(FaultKind.WafPage, FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(FaultKind.HtmlNotFound, FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(FaultKind.Truncated, FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(FaultKind.Reset, FailureCodes.Unreachable, FailureKind.StoreDown)]
    [InlineData(FaultKind.Empty, FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(FaultKind.Redirect, FailureCodes.Redirected, FailureKind.Rejected)]
    [InlineData(FaultKind.Hang, FailureCodes.Timeout, FailureKind.StoreDown)]
    public async Task Every_fault_of_a_sign_in_has_its_class_and_is_met_once(FaultKind fault, string code, FailureKind kind)
    {
        await using var store = await SimulatedStore.Start(configure: o => o.RequestLimit = LimitFor(fault));
        store.Store.Faults.Add(new Fault(fault) { Path = "token", Location = "/elsewhere" });

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.SignIn(store.Account(), Cancel));

        Assert.Equal((code, kind), (failure.Code, failure.Kind));
        Assert.DoesNotContain(SimulatedStore.Password, failure.ToString() + failure.Cure);
        Assert.Equal(1, store.Store.Traffic.Counts.TokenRequests);
    }

    [Fact]
    public async Task A_token_refused_once_is_good_again_after_it()
    {
        await using var store = await SimulatedStore.Start(products: 5);
        store.Store.Faults.Add(FaultKind.Unauthorized, times: 1, path: "products");
        Assert.Equal("Magento_Catalog::products", (await store.Failure()).MissingPermission);
        Assert.Equal(5, (await store.ReadAll(Entities.Product, 10)).Count);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(null)]
    public async Task A_throttled_page_tells_how_long_to_wait_if_the_store_does(int? seconds)
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Faults.Add(new Fault(FaultKind.TooManyRequests) { Seconds = seconds });
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Session());
        Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(PoisonMode.InternalError)]
    [InlineData(PoisonMode.FatalError)]
    [InlineData(PoisonMode.Blank)]
    [InlineData(PoisonMode.Truncated)]
    [InlineData(PoisonMode.NotFound)]
    public async Task A_broken_record_fails_its_page_as_data_and_no_other_page(PoisonMode mode)
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Poison.Add("orders", 7, mode);
        Assert.Equal(FailureKind.Data, (await store.Failure(Entities.Order, after: "5")).Kind);

        using var page = await store.Magento.Read(await store.Session(), new PageRequest(Entities.Order, "7", null, 3), Cancel);
        Assert.Equal(["8", "9", "10"], page.Records.Select(r => r.ExternalId));
    }

    [Fact]
    public async Task A_page_that_is_too_large_for_the_store_names_the_largest()
    {
        await using var store = await SimulatedStore.Start();
        store.Store.Settings.MaximumPageSize = 25;
        var failure = await store.Failure(size: 26);
        Assert.Equal((FailureCodes.PageSizeRefused, 25), (failure.Code, failure.MaximumPageSize));
        Assert.Equal(50, (await store.ReadAll(Entities.Product, 25)).Count);
    }

    // Short only for what does not end by itself: on a busy machine the rest may take its time.
    static TimeSpan LimitFor(FaultKind fault) => TimeSpan.FromSeconds(fault is FaultKind.Drip or FaultKind.Hang ? 3 : 60);
}
