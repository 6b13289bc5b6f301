using System.Buffers.Binary;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// When an entity is next read whole. In the small hours of the connection's zone, from 02:00 to 05:00, each connection at a minute of its own: a fleet must not
/// sweep at once. Weekly means Sunday's. A minute that the zone skips becomes the first one after the gap; one that comes twice is the first. Pure.
/// </summary>
internal static class SweepRules
{
    /// <summary>The rhythms that a person may choose.</summary>
    public static readonly IReadOnlyList<string> Rhythms = ["nightly", "weekly", "off"];

    static readonly TimeOnly Earliest = new(2, 0);
    const int SpreadMinutes = 180;

    /// <summary>How long a full read that failed is left alone before the sweep is tried again.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

    /// <summary>The next sweep after an instant; null when there is none.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="rhythm">One of <see cref="Rhythms"/>.</param>
    /// <param name="zone">IANA name; one that this machine does not know is taken for UTC.</param>
    /// <param name="after">The instant.</param>
    public static DateTimeOffset? Next(ConnectionId connection, string rhythm, string zone, DateTimeOffset after)
    {
        if (rhythm == "off")
        {
            return null;
        }

        var clock = new WallClock(TimeZones.TryRead(zone, out var found, out _) ? found : TimeZoneInfo.Utc);
        var time = TimeOf(connection);
        for (var date = DateOnly.FromDateTime(clock.At(after)); ; date = date.AddDays(1))
        {
            var wall = clock.Find(date.ToDateTime(time));
            if ((rhythm != "weekly" || date.DayOfWeek == DayOfWeek.Sunday) && (wall.First ?? wall.AfterGap) is { } at && at > after)
            {
                return at.ToUniversalTime();
            }
        }
    }

    /// <summary>The wall clock's time of a connection's sweeps.</summary>
    internal static TimeOnly TimeOf(ConnectionId connection)
    {
        // The last bytes of an id are random whatever its version.
        Span<byte> bytes = stackalloc byte[16];
        connection.Connection.TryWriteBytes(bytes);
        return Earliest.AddMinutes(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) % (SpreadMinutes + 1));
    }
}
