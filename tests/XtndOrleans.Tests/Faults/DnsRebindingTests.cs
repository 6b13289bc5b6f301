using System.Net;
using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>A name that was a shop's when it was checked, and leads elsewhere afterwards.</summary>
public sealed class DnsRebindingTests(FaultWorld world)
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    public async Task A_name_that_turns_to_a_forbidden_address_ends_the_run_before_a_byte_is_sent(string address)
    {
        var host = $"shop-{Guid.NewGuid():N}.example";
        var shop = await world.Open(host);
        await shop.Succeed(Entities.Product);

        world.Names[host] = IPAddress.Parse(address);
        // The socket that is open leads to the shop still; the next one would not.
        shop.Store.Faults.Add(FaultKind.Reset, times: null, path: Entities.Product);
        Assert.Equal(FailureCodes.EgressForbidden, (await shop.Fail(Entities.Product, "full")).Code);

        world.Names[host] = IPAddress.Loopback;
        shop.Store.Faults.Clear();
        await shop.Succeed(Entities.Product, "full");
        await shop.AssertWhole(Entities.Product);
    }
}
