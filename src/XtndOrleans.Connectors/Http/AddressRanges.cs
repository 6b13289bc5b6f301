using System.Net;

namespace XtndOrleans.Connectors.Http;

/// <summary>Which addresses are on the public internet, after the IANA special-purpose registries.</summary>
internal static class AddressRanges
{
    // Private ranges are those that AllowPrivateAddresses opens.
    static readonly IPNetwork[] Private = Networks(
        "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7");

    // Instance metadata hands credentials of the machine to whoever asks. Some live inside private ranges, and Azure's (168.63.129.16) looks public, so they are named.
    static readonly IPNetwork[] Metadata = Networks("100.100.100.200/32", "168.63.129.16/32", "169.254.0.0/16", "fd00:ec2::/32", "fd20:ce::/32", "fe80::/10");

    static readonly IPNetwork[] Reserved = Networks(
        "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    // Of IPv6 only this block is handed out for the public internet. Outside it lie ::/96 (v4-compatible), 64:ff9b::/96 (NAT64), site-local and multicast.
    static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address must not be connected to.</summary>
    /// <param name="address">IPv4 or IPv6; a v4-mapped IPv6 address counts as the IPv4 address in it.</param>
    /// <param name="allowPrivate">Whether loopback and private networks are open.</param>
    public static bool IsForbidden(IPAddress address, bool allowPrivate)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (Holds(Metadata, real) || Holds(Reserved, real))
        {
            return true;
        }
        if (Holds(Private, real))
        {
            return !allowPrivate;
        }
        return real.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(real);
    }

    static bool Holds(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, n => n.Contains(address));

    static IPNetwork[] Networks(params string[] cidrs) => Array.ConvertAll(cidrs, c => IPNetwork.Parse(c));
}
