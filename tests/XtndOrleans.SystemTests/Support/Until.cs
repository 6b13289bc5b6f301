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

/// <summary>A port of the loopback interface that nobody uses now.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
