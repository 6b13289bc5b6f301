using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Tests.Connectors;

public sealed class EgressTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0", true, true)]
    [InlineData("10.1.2.3", true, false)]
    [InlineData("100.64.0.1", true, false)]
    [InlineData("100.100.100.200", true, true)]
    [InlineData("127.0.0.1", true, false)]
    [InlineData("127.255.255.254", true, false)]
    [InlineData("168.63.129.16", true, true)]
    [InlineData("169.254.169.254", true, true)]
    [InlineData("172.16.0.1", true, false)]
    [InlineData("172.31.255.255", true, false)]
    [InlineData("172.32.0.1", false, false)]
    [InlineData("192.0.0.192", true, true)]
    [InlineData("192.0.2.1", true, true)]
    [InlineData("192.88.99.1", true, true)]
    [InlineData("192.168.1.1", true, false)]
    [InlineData("198.18.0.1", true, true)]
    [InlineData("198.51.100.1", true, true)]
    [InlineData("203.0.113.1", true, true)]
    [InlineData("224.0.0.1", true, true)]
    [InlineData("255.255.255.255", true, true)]
    [InlineData("8.8.8.8", false, false)]
    [InlineData("::", true, true)]
    [InlineData("::1", true, false)]
    [InlineData("::10.0.0.1", true, true)]
    [InlineData("::8.8.8.8", true, true)]
    [InlineData("::ffff:10.0.0.1", true, false)]
    [InlineData("::ffff:169.254.169.254", true, true)]
    [InlineData("::ffff:8.8.8.8", false, false)]
    [InlineData("64:ff9b::a00:1", true, true)]
    [InlineData("64:ff9b:1::1", true, true)]
    [InlineData("2001::1", true, true)]
    [InlineData("2001:db8::1", true, true)]
    [InlineData("2002:a00:1::", true, true)]
    [InlineData("fc00::1", true, false)]
    [InlineData("fd00:ec2::254", true, true)]
    [InlineData("fd20:ce::254", true, true)]
    [InlineData("fe80::1", true, true)]
    [InlineData("fec0::1", true, true)]
    [InlineData("ff02::1", true, true)]
    [InlineData("2a00:1450:4001::1", false, false)]
    public void Only_public_addresses_are_open_unless_private_ones_are_allowed(string address, bool forbidden, bool forbiddenWithPrivate)
    {
        Assert.Equal(forbidden, Policy(allowPrivate: false).IsForbidden(IPAddress.Parse(address)));
        Assert.Equal(forbiddenWithPrivate, Policy(allowPrivate: true).IsForbidden(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://2130706433")]
    [InlineData("http://0x7f.1")]
    [InlineData("http://017700000001")]
    [InlineData("http://0")]
    [InlineData("http://localhost")]
    [InlineData("http://[::1]")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://[::ffff:7f00:1%25lo]")]
    [InlineData("http://[64:ff9b::7f00:1]")]
    [InlineData("http://[2002:7f00:1::]")]
    [InlineData("http://[fe80::1%25eth0]")]
    [InlineData("http://inside.example")]
    [InlineData("http://mixed.example")]
    public async Task A_request_to_a_forbidden_address_is_refused_when_it_connects(string address)
    {
        await using var services = StoreStub.Services(names: Names);
        var magento = services.GetRequiredService<ConnectorCatalog>()["magento"];
        Assert.True(magento.TryReadApiUrl(address, out var baseAddress, out var problem), problem);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => magento.SignIn(new StoreAccount(baseAddress, "admin", "the-password"), Cancel));

        Assert.Equal((FailureCodes.EgressForbidden, FailureKind.Rejected), (failure.Code, failure.Kind));
        Assert.False(failure.IsTransient);
        Assert.NotNull(await services.GetRequiredService<EgressPolicy>().Refusal(baseAddress, Cancel));
    }

    [Fact]
    public async Task A_refusal_does_not_tell_the_address_behind_a_name()
    {
        var refusal = await Policy(allowPrivate: false).Refusal(new Uri("http://inside.example"), Cancel);
        Assert.Contains("inside.example", refusal);
        Assert.DoesNotContain("10.0.0.7", refusal);
    }

    [Fact]
    public async Task A_public_address_and_a_name_that_does_not_resolve_are_not_refused_beforehand()
    {
        var policy = Policy(allowPrivate: false);
        Assert.Null(await policy.Refusal(new Uri("https://8.8.8.8"), Cancel));
        Assert.Null(await policy.Refusal(new Uri("https://public.example"), Cancel));
        Assert.Null(await policy.Refusal(new Uri("https://nowhere.example"), Cancel));
    }

    [Fact]
    public async Task A_name_that_turns_inward_after_the_check_gains_nothing()
    {
        var answers = new Queue<string>(["8.8.8.8", "10.0.0.7"]);
        await using var services = StoreStub.Services(names: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));
        Assert.Null(await services.GetRequiredService<EgressPolicy>().Refusal(new Uri("http://rebinding.example"), Cancel));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => SignIn(services, "http://rebinding.example"));

        Assert.Equal(FailureCodes.EgressForbidden, failure.Code);
    }

    [Fact]
    public async Task The_socket_goes_to_the_checked_address_without_a_second_resolution()
    {
        await using var store = await StoreStub.Answering(200, "\"abc\"");
        var resolutions = 0;
        await using var services = StoreStub.Services(o => o.AllowPrivateAddresses = true, (_, _) =>
        {
            resolutions++;
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });

        var token = await SignIn(services, $"http://shop.example:{new Uri(store.Root).Port}");

        Assert.Equal("abc", token.Value);
        Assert.Equal(1, resolutions);
    }

    [Fact]
    public async Task A_dead_address_gives_way_to_the_next_one_of_the_same_name()
    {
        await using var store = await StoreStub.Answering(200, "\"abc\"");
        await using var services = StoreStub.Services(o => o.AllowPrivateAddresses = true, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.77.0.1"), IPAddress.Loopback]));

        Assert.Equal("abc", (await SignIn(services, $"http://shop.example:{new Uri(store.Root).Port}")).Value);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_says_so()
    {
        await using var services = StoreStub.Services(names: Names);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => SignIn(services, "https://nowhere.example"));
        Assert.Equal((FailureCodes.Unreachable, FailureKind.StoreDown), (failure.Code, failure.Kind));
        Assert.Contains("nowhere.example could not be found", failure.Message);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_only_its_host_is_told()
    {
        await using var inside = await StoreStub.Answering(200, "\"abc\"");
        var location = $"{inside.Root}/secret-path?x=1".Replace("://", "://anna:her-word@", StringComparison.Ordinal);
        await using var store = await StoreStub.Answering(302, "", "text/html", ("Location", location));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.SignIn(store.Account, Cancel));

        Assert.Equal(FailureCodes.Redirected, failure.Code);
        Assert.Contains(inside.Root, failure.Cure);
        Assert.DoesNotContain("secret-path", failure.Cure);
        Assert.DoesNotContain("her-word", failure.ToString());
        Assert.Empty(inside.Requests);
    }

    static Task<StoreToken> SignIn(ServiceProvider services, string address)
    {
        var magento = services.GetRequiredService<ConnectorCatalog>()["magento"];
        Assert.True(magento.TryReadApiUrl(address, out var baseAddress, out _));
        return magento.SignIn(new StoreAccount(baseAddress, "admin", "the-password"), Cancel);
    }

    static EgressPolicy Policy(bool allowPrivate) =>
        StoreStub.Services(o => o.AllowPrivateAddresses = allowPrivate, Names).GetRequiredService<EgressPolicy>();

    static Task<IPAddress[]> Names(string host, CancellationToken cancellationToken) => host switch
    {
        "localhost" => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        "inside.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.7")]),
        "mixed.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("169.254.169.254")]),
        "public.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]),
        _ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
    };
}
