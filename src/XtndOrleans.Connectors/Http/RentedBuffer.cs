using System.Buffers;

namespace XtndOrleans.Connectors.Http;

/// <summary>Bytes in an array of the shared pool that grows while it is filled. Disposing gives it back, once however often it is called.</summary>
internal sealed class RentedBuffer(int capacity) : IDisposable
{
    byte[]? array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes filled so far.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes filled so far.</summary>
    public ReadOnlyMemory<byte> Memory => new(Array, 0, Length);

    byte[] Array => array ?? throw new ObjectDisposedException(nameof(RentedBuffer));

    /// <summary>Room for more bytes, at most up to a limit of the whole; empty when the limit is reached.</summary>
    public Memory<byte> Room(int limit)
    {
        if (Length == Array.Length && Length < limit)
        {
            Grow((int)Math.Min(2L * Length, limit));
        }
        return new Memory<byte>(Array, Length, Math.Min(Array.Length, limit) - Length);
    }

    /// <summary>Says that the first bytes of the room were filled.</summary>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref array, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    void Grow(int capacity)
    {
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        Array.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Array);
        array = larger;
    }
}
