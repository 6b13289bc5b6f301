using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>Nothing that leaves the connector by the side doors holds a secret.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task Logs_at_every_level_and_traces_hold_neither_password_nor_token()
    {
        var cancel = TestContext.Current.CancellationToken;
        var said = new ConcurrentBag<string>();
        using var listener = Listen(said);
        await using var store = await StoreStub.Answering(200, "\"a-secret-token\"");
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Ears(said)));
        await using var provider = services.AddConnectors(o => o.AllowPrivateAddresses = true).BuildServiceProvider();
        var magento = provider.GetRequiredService<ConnectorCatalog>()["magento"];

        var token = await magento.SignIn(store.Account, cancel);
        await Assert.ThrowsAsync<ConnectorException>(() => magento.Read(new StoreSession(store.Account.BaseAddress, "Bearer " + token.Value), new PageRequest(Entities.Product, null, null, 1), cancel));

        Assert.Contains(said, line => line.Contains("integration/admin/token answered 200"));
        Assert.Contains(said, line => line.StartsWith("trace "));
        Assert.DoesNotContain(said, line => line.Contains("the-password") || line.Contains("a-secret-token"));
        Assert.DoesNotContain("the-password", $"{store.Account} {token} {new StoreSession(store.Account.BaseAddress, "Bearer " + token.Value)}");
    }

    [Fact]
    public async Task A_second_factor_and_an_integration_are_as_silent()
    {
        var cancel = TestContext.Current.CancellationToken;
        var said = new ConcurrentBag<string>();
        using var listener = Listen(said);
        await using var store = await StoreStub.Answering(401, """{"message":"The signature is invalid. Verify and try again."}""");
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Ears(said)));
        await using var provider = services.AddConnectors(o => o.AllowPrivateAddresses = true).BuildServiceProvider();
        var magento = provider.GetRequiredService<ConnectorCatalog>()["magento"];
        var user = store.Account with { TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DP" };
        var integration = store.Account with { Integration = new("KeyXq81", "SecretXq82", "TokenXq83", "HiddenXq84") };

        foreach (var account in (StoreAccount[])[user, integration, integration with { Integration = new("", "", "TokenXq83", "") }])
        {
            said.Add($"{account} {account.Integration} {await Assert.ThrowsAsync<ConnectorException>(() => magento.Prove(account, cancel))}");
        }

        Assert.Contains(said, line => line.Contains("tfa/provider/google/authenticate answered 401"));
        Assert.Contains(said, line => line.StartsWith("trace ") && line.Contains("products"));
        string[] secrets = [user.TotpSecret, "the-password", "KeyXq81", "SecretXq82", "TokenXq83", "HiddenXq84", "oauth_signature"];
        Assert.All(said, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line)));
    }

    static ActivityListener Listen(ConcurrentBag<string> said)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => said.Add($"trace {activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    sealed class Ears(ConcurrentBag<string> said) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
