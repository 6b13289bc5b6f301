using System.Buffers.Binary;

namespace XtndOrleans.Engine.Syncs;

/// <summary>A run's id is a UUID of version 7: its first 48 bits are the time it was made (RFC 9562, 5.7).</summary>
internal static class RunIds
{
    public static DateTimeOffset CreatedAt(Guid run)
    {
        Span<byte> bytes = stackalloc byte[16];
        run.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
