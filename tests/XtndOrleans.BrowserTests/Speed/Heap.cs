using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Speed;

/// <summary>What a server process holds on its managed heap once what is not needed has been collected.</summary>
internal static partial class Heap
{
    const string Size = "dotnet_gc_last_collection_heap_size";
    const string Free = "dotnet_gc_last_collection_heap_fragmentation_size";
    const ulong CollectsHeap = 0x80_0000;
    const byte Tracing = 2;
    const byte CollectTracing2 = 3;

    /// <summary>Collects, as diagnostic tools do: a trace with this keyword begins with a full collection. Answers the bytes of what is left, from /metrics, without the gaps between.</summary>
    public static async Task<long> Collected(ServerProcess server)
    {
        // What the first one's finalizers let go is collected by the second.
        await Collect(server.Id);
        await Collect(server.Id);
        using var client = new HttpClient { BaseAddress = server.Address };
        var text = await client.GetStringAsync("/metrics");
        return Sum(text, Size) - Sum(text, Free);
    }

    static long Sum(string text, string metric)
    {
        var sizes = Line().Matches(text).Where(line => line.Groups["metric"].Value.StartsWith(metric, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(sizes);
        return (long)sizes.Sum(line => double.Parse(line.Groups["bytes"].Value, CultureInfo.InvariantCulture));
    }

    static async Task Collect(int process)
    {
        var path = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").Single();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Request());
        // The answer comes when the collection has begun; the end of the session when it is over.
        var answer = new byte[28];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal(0, answer[17]);
        await Until.True(() => Task.FromResult(socket.Available > 0), TimeSpan.FromSeconds(30), "the trace to begin");
    }

    // DOTNET_IPC_V1: a header of 20 bytes, then the settings of the session.
    static byte[] Request()
    {
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        writer.Write(16u);
        writer.Write(1u);
        writer.Write(false);
        writer.Write(1u);
        writer.Write(CollectsHeap);
        writer.Write(5u);
        Text("Microsoft-Windows-DotNETRuntime");
        Text("");
        writer.Flush();
        var size = (ushort)(20 + body.Length);
        return [.. "DOTNET_IPC_V1\0"u8, (byte)size, (byte)(size >> 8), Tracing, CollectTracing2, 0, 0, .. body.ToArray()];

        void Text(string text)
        {
            writer.Write(text.Length == 0 ? 0u : (uint)text.Length + 1);
            writer.Write(text.Length == 0 ? [] : Encoding.Unicode.GetBytes(text + "\0"));
        }
    }

    [GeneratedRegex(@"^(?<metric>dotnet_gc_last_collection_heap[a-z_]*)\{[^}]*\} (?<bytes>[0-9.eE+]+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
