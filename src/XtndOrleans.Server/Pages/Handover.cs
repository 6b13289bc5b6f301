using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Caching.Memory;

namespace XtndOrleans.Server.Pages;

/// <summary>
/// What a page has read for its first answer, for the circuit that takes over a moment later, so that nothing is asked twice and nothing flickers. It stays here and
/// only a ticket travels with the page: a circuit refuses to begin when more than 32 KB of state come with it. Lost after half a minute, or when the circuit
/// begins in another process: then it is read again.
/// </summary>
public sealed class Handover : IDisposable
{
    const int Most = 1000;
    static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Keeps what a first answer shows; answers its ticket. Null when there is nothing to keep, or when it is the circuit that asks: nobody takes over from it.</summary>
    public string? Keep(object? what, RendererInfo renderer)
    {
        if (what is null || renderer.IsInteractive)
        {
            return null;
        }

        var ticket = Guid.NewGuid().ToString("N");
        kept.Set(ticket, what, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Life, Size = 1 });
        return ticket;
    }

    /// <summary>Gives it out, once. Null when there is no ticket, or nothing of that type for it.</summary>
    public T? Take<T>(string? ticket)
        where T : class
    {
        if (ticket is null || !kept.TryGetValue(ticket, out var what))
        {
            return null;
        }

        kept.Remove(ticket);
        return what as T;
    }

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();
}
