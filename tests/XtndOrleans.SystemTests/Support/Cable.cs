using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace XtndOrleans.SystemTests.Support;

/// <summary>A wire to another port of this machine that can be cut: what is open breaks, what is new is refused, until it is mended.</summary>
internal sealed class Cable : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<Socket, bool> open = new();
    readonly int target;
    readonly Task accepting;
    volatile bool cut;

    public Cable(int target)
    {
        this.target = target;
        listener.Start();
        accepting = Accept();
    }

    /// <summary>The end to connect to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        cut = true;
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    public void Mend() => cut = false;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task Accept()
    {
        while (true)
        {
            _ = Carry(await listener.AcceptSocketAsync());
        }
    }

    async Task Carry(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            open[near] = open[far] = true;
            if (cut)
            {
                return;
            }

            await far.ConnectAsync(IPAddress.Loopback, target);
            await using NetworkStream here = new(near), there = new(far);
            await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException)
        {
            // Cut.
        }
        finally
        {
            near.Dispose();
            open.TryRemove(near, out _);
            open.TryRemove(far, out _);
        }
    }
}
