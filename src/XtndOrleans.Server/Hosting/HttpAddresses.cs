using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace XtndOrleans.Server.Hosting;

/// <summary>
/// Where the process listens for HTTP. Looked at before anything starts: the web server would take 'localhost:port' for a host name and listen on port 80, and
/// tell of a taken port only after the silo has joined its cluster.
/// </summary>
internal static partial class HttpAddresses
{
    const string Setting = "ASPNETCORE_URLS";

    /// <summary>Throws <see cref="StartException"/> when one of the addresses is not one, or cannot be listened on.</summary>
    public static void Check(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Known().IsMatch(url))
            {
                throw new StartException($"{Setting} is '{url}'. Allowed: http://host:port or https://host:port, several with a semicolon between them.");
            }

            var address = BindingAddress.Parse(url);
            if (!address.IsUnixPipe && address.Port is > 0 and <= IPEndPoint.MaxPort)
            {
                Try(address, url);
            }
        }
    }

    static void Try(BindingAddress address, string url)
    {
        var host = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(host, address.Port);
            listener.Start();
        }
        catch (SocketException refused)
        {
            throw new StartException($"{url} cannot be listened on: {refused.Message}. Choose another with {Setting}.");
        }
    }

    [GeneratedRegex(@"^https?://(unix:/.+|(\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+)(:\d{1,5})?(/.*)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Known();
}
