using System.Net;
using System.Net.Sockets;

namespace XtndOrleans.SystemTests.Support;

/// <summary>Waiting for what happens, with a generous limit and a message that says what was waited for.</summary>
internal static class Until
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static Task True(Func<Task<bool>> condition, TimeSpan limit, string what) => True(condition, limit, () => what);

    public static async Task True(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < limit, $"Waited {limit} for {what()}");
            await Task.Delay(Pace, TimeProvider.System);
        }
    }
}

/// <summary>
/// A port of the loopback interface that nobody uses now. Below those that the system hands to outgoing connections and those that silos take: one of
/// these could be taken while the server that wants it is still starting.
/// </summary>
internal static class FreePort
{
    const int Lowest = 12_000;
    const int Count = 8_000;

    static int last = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Used; the next one.
            }
        }
    }
}
