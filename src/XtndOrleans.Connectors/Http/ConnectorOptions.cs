using System.ComponentModel.DataAnnotations;

namespace XtndOrleans.Connectors.Http;

/// <summary>Where stores may be, and how much one of them may take. Configuration section <see cref="Section"/>.</summary>
public sealed class ConnectorOptions
{
    /// <summary>The configuration section that the server binds.</summary>
    public const string Section = "Xtnd:Egress";

    /// <summary>
    /// Lets connections reach loopback and private networks. Default false: a store's address is a stranger's input. True only to reach stores on a private
    /// network, or a simulator. Link-local addresses, metadata services and reserved ranges stay forbidden in any case.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Time for name resolution, TCP and TLS of one connection. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one request, from the first byte sent to the last byte read. Default 100 s: a slow store needs 30 s for a page of 300 orders.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestLimit { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Longest silence within a body. Default 30 s. It does not apply before the first byte, while the store computes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for a whole verify. Default 9 s: the API promises an answer within 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:09.5")]
    public TimeSpan VerifyLimit { get; set; } = TimeSpan.FromSeconds(9);

    /// <summary>Bytes of one answer after decompression. Default 64 MiB, some 300 times a usual page.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int AnswerLimit { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Sockets to one host and port. Default 256. It only bounds sockets: how many requests a store bears is its connection's own budget, and a low
    /// figure here would be a queue that one tenant can fill for others on the same host.
    /// </summary>
    [Range(1, 10_000)]
    public int ConnectionsPerHost { get; set; } = 256;
}
