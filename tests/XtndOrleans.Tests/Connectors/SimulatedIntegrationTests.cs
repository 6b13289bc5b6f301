using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

/// <summary>An integration before a simulated store, which computes each signature in a way of its own.</summary>
public sealed class SimulatedIntegrationTests
{
    const string Wrong = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task It_reads_every_entity_page_by_page()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 60);
        var account = Account(store, store.Store.Integrations.Add());
        foreach (var entity in store.Magento.Description.Entities)
        {
            using var first = await Read(store, account, new(entity.Entity, null, null, 2));
            Assert.NotEmpty(first.Records);
            using var second = await Read(store, account, new(entity.Entity, first.Next, entity.HasDeltas ? Now.AddYears(-20) : null, 2));
            Assert.DoesNotContain(second.Records, r => r.ExternalId == first.Records[0].ExternalId);
            using var counted = await Read(store, account, new(entity.Entity, null, null, 2) { CountOnly = true });
            Assert.NotNull(counted.Total);
        }
        Assert.Equal(0, store.Store.Traffic.Counts.TokenRequests);
    }

    /// <summary>A SKU with a comma needs a filter of its own, and Magento puts the tenth filter after the second.</summary>
    [Fact]
    public async Task A_request_with_more_than_ten_filters_is_signed_in_Magentos_order()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var account = Account(store, store.Store.Integrations.Add());
        var ids = Enumerable.Range(0, 12).Select(i => $"default:no,such '+*()~ & é {i}").ToList();
        using var page = await Read(store, account, new(Entities.Stock, null, null, 100) { Ids = ids });
        Assert.Empty(page.Records);
    }

    [Theory]
    [InlineData("consumerKey", "consumer key")]
    [InlineData("consumerSecret", "consumer secret")]
    [InlineData("accessToken", "access token")]
    [InlineData("accessTokenSecret", "access token secret")]
    [InlineData("short", "access token")]
    public async Task A_wrong_value_is_refused_as_credentials_and_the_cure_names_it(string wrong, string named)
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var good = Account(store, store.Store.Integrations.Add());
        var values = good.Integration!;
        var account = good with
        {
            Integration = wrong switch
            {
                "consumerKey" => values with { ConsumerKey = Wrong },
                "consumerSecret" => values with { ConsumerSecret = Wrong },
                "accessToken" => values with { AccessToken = Wrong },
                "short" => values with { AccessToken = "cut" },
                _ => values with { AccessTokenSecret = Wrong },
            },
        };

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Read(store, account));
        Assert.Equal((FailureKind.Credentials, FailureCodes.CredentialsRejected), (refused.Kind, refused.Code));
        Assert.Contains(named, refused.Cure);

        var outcome = await store.Magento.Verify(account, null, Cancel);
        Assert.Null(outcome.Token);
        Assert.Equal(("token", FailureCodes.CredentialsRejected, refused.Cure), (outcome.Report.Steps[^1].Step, outcome.Report.Steps[^1].Code, outcome.Report.Steps[^1].Cure));
        await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.Prove(account, Cancel));
    }

    [Fact]
    public async Task A_time_from_the_future_is_refused_and_one_long_past_is_not()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var account = Account(store, store.Store.Integrations.Add());
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Read(store, account, at: Now.AddHours(1)));
        Assert.Equal(FailureKind.Credentials, refused.Kind);
        Assert.Contains("clock", refused.Cure);
        (await Read(store, account, at: Now.AddHours(-1))).Dispose();
        (await Read(store, account, at: Now.AddMinutes(9))).Dispose();
    }

    [Fact]
    public async Task Verify_signs_by_the_stores_clock()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        store.Store.Clock.Offset = TimeSpan.FromHours(-5);
        var report = await store.Verify(Account(store, store.Store.Integrations.Add()));
        Assert.True(report.Ok, report.Steps[^1].Detail);
        Assert.All(report.Entities, entity => Assert.True(entity.Ok));
    }

    [Fact]
    public async Task A_signature_that_is_used_twice_is_no_refusal_of_the_integration()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var account = Account(store, store.Store.Integrations.Add());
        var request = new PageRequest(Entities.Product, null, null, 2);
        var session = new StoreSession(account.BaseAddress, store.Magento.Authorize(account, await store.Magento.SignIn(account, Cancel), request, null));
        (await store.Magento.Read(session, request, Cancel)).Dispose();
        var refused = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.Read(session, request, Cancel));
        Assert.Equal((FailureCodes.SignatureUsed, true), (refused.Code, refused.IsTransient));
        (await Read(store, account)).Dispose();
    }

    [Fact]
    public async Task A_missing_right_is_named_and_proves_the_integration_all_the_same()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var account = Account(store, store.Store.Integrations.Add("Magento_Sales::actions_view"));
        var denied = await Assert.ThrowsAsync<ConnectorException>(() => Read(store, account));
        Assert.Equal((FailureKind.Unauthorized, "Magento_Catalog::products"), (denied.Kind, denied.MissingPermission));
        Assert.NotNull(await store.Magento.Prove(account, Cancel));
        Assert.True((await store.Verify(account)).Entities.Single(e => e.Entity == Entities.Order).Ok);
    }

    [Fact]
    public async Task An_access_token_alone_is_refused_until_the_store_allows_it()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var made = store.Store.Integrations.Add("Magento_Sales::actions_view");
        var account = store.Account("", "") with { Integration = new("", "", made.AccessToken, "") };

        var last = (await store.Verify(account)).Steps[^1];
        Assert.Equal(("token", FailureCodes.CredentialsRejected), (last.Step, last.Code));
        Assert.Contains("enable_integration_as_bearer", last.Cure);
        Assert.Contains("all four values", last.Cure);

        store.Store.Settings.IntegrationTokensAsBearer = true;
        Assert.True((await store.Verify(account)).Entities.Single(e => e.Entity == Entities.Order).Ok);
        (await Read(store, account, new(Entities.Order, null, null, 2))).Dispose();
    }

    [Fact]
    public async Task Another_method_than_HMAC_SHA256_is_not_supported_as_since_2_4_4()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var account = Account(store, store.Store.Integrations.Add());
        var token = await store.Magento.SignIn(account, Cancel);
        var header = store.Magento.Authorize(account, token, new(Entities.Product, null, null, 2), null).Replace("HMAC-SHA256", "HMAC-SHA1", StringComparison.Ordinal);
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = AuthenticationHeaderValue.Parse(header) } };
        using var answer = await client.GetAsync(new Uri(account.BaseAddress, "products?searchCriteria[pageSize]=2"), Cancel);
        Assert.Equal((400, """{"message":"Signature method %1 is not supported","parameters":["HMAC-SHA1"]}"""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel)));
    }

    [Fact]
    public async Task Each_request_has_a_nonce_of_its_own_of_32_digits()
    {
        await using var store = await SimulatedStore.Start(products: 5, orders: 2);
        var account = Account(store, store.Store.Integrations.Add());
        var token = await store.Magento.SignIn(account, Cancel);
        var nonces = Enumerable.Range(0, 100).Select(_ => store.Magento.Authorize(account, token, new(Entities.Product, null, null, 2), null))
            .Select(header => Regex.Match(header, "oauth_nonce=\"([0-9a-f]{32})\"").Groups[1].Value);
        Assert.Equal(100, nonces.Distinct().Count(nonce => nonce.Length == 32));
    }

    /// <summary>The expected value was computed by a third implementation, in Python.</summary>
    [Fact]
    public void The_simulator_computes_a_signature_as_it_should_be()
    {
        (string, string)[] signed =
        [
            ("oauth_consumer_key", "ck"), ("oauth_token", "tk"), ("oauth_signature_method", "HMAC-SHA256"), ("oauth_timestamp", "1795448008"), ("oauth_nonce", "abc"), ("oauth_version", "1.0"),
            ("searchCriteria[filter_groups][0][filters][2][value]", "it's 5 & é,+*~"), ("searchCriteria[filter_groups][0][filters][10][value]", "x"),
            ("searchCriteria[pageSize]", "1"), ("fields", "total_count"),
        ];
        Assert.Equal("QzwPq3tfT5bUPkcGxxt1YVS1222/P3Q5U9DZH53YeBA=", OAuthDigest.Of("GET", "https://shop.example/index.php/rest/V1/orders", signed, "c/s", "t&s"));
    }

    static StoreAccount Account(SimulatedStore store, IntegrationAccount made) =>
        store.Account("", "") with { Integration = new(made.ConsumerKey, made.ConsumerSecret, made.AccessToken, made.AccessTokenSecret) };

    static async Task<Page> Read(SimulatedStore store, StoreAccount account, PageRequest? request = null, DateTimeOffset? at = null)
    {
        var wanted = request ?? new(Entities.Product, null, null, 2);
        var skewed = account with { ClockSkew = (at - Now) ?? TimeSpan.Zero };
        var header = store.Magento.Authorize(skewed, await store.Magento.SignIn(account, Cancel), wanted, null);
        return await store.Magento.Read(new StoreSession(account.BaseAddress, header), wanted, Cancel);
    }
}
