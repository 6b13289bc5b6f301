using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Connectors.Http;

/// <summary>Finds the addresses of a host name. Throws <see cref="SocketException"/> when there are none.</summary>
/// <param name="host">A host name, never a literal address.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Says which addresses this process may connect to. It is asked at connect time, for the addresses of this very moment, and the socket is opened to a checked
/// address, not to the name: a name that resolves differently a moment later gains nothing.
/// </summary>
public sealed class EgressPolicy(IOptions<ConnectorOptions> options, NameResolver resolve)
{
    // With several addresses a dead one must not use up the whole connect limit.
    static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(3);

    /// <summary>Whether an address must not be connected to, under the present options.</summary>
    public bool IsForbidden(IPAddress address) => AddressRanges.IsForbidden(address, options.Value.AllowPrivateAddresses);

    /// <summary>Why an address typed by a person cannot be used, in words; null when it can, or when its name does not resolve now.</summary>
    public async Task<string?> Refusal(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var found = await Resolve(address.IdnHost, cancellationToken);
            return Array.Exists(found, IsForbidden) ? RefusalText(address.IdnHost) : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Opens a socket to a host, or throws <see cref="ConnectorException"/> with <see cref="FailureCodes.EgressForbidden"/>.</summary>
    internal async Task<NetworkStream> Connect(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var found = await Resolve(target.Host, cancellationToken);
        // One forbidden address refuses all: a name that mixes public and private ones is an attack or a mistake, never a store.
        if (Array.Exists(found, IsForbidden))
        {
            throw Forbidden(target.Host);
        }
        for (var i = 0; ; i++)
        {
            try
            {
                return await Open(found[i], target.Port, last: i == found.Length - 1, cancellationToken);
            }
            catch (Exception e) when (i < found.Length - 1 && e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
            }
        }
    }

    static async Task<NetworkStream> Open(IPAddress address, int port, bool last, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(last ? Timeout.InfiniteTimeSpan : AttemptLimit);
            await socket.ConnectAsync(address, port, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    async Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }
        // The wait is bounded here because the system's resolver does not heed a token once it has begun.
        var found = await resolve(host, cancellationToken).WaitAsync(cancellationToken);
        return found.Length > 0 ? found : throw new SocketException((int)SocketError.HostNotFound);
    }

    static ConnectorException Forbidden(string host) => new(
        FailureKind.Rejected, FailureCodes.EgressForbidden, RefusalText(host),
        "Use the store's public address. To reach stores on a private network, the operator of this server can set Xtnd:Egress:AllowPrivateAddresses.");

    // The address behind a name is not told: it would let a stranger map the private network by asking.
    static string RefusalText(string host) =>
        $"{host} is or resolves to an address that this server may not connect to (loopback, private, link-local or reserved).";
}
