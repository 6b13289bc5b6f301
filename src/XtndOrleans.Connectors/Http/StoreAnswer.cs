using System.Net.Http.Headers;

namespace XtndOrleans.Connectors.Http;

/// <summary>One HTTP answer of a store, its body read to the end. Owns the buffer of the body until it is handed over.</summary>
internal sealed class StoreAnswer(HttpResponseMessage response, RentedBuffer body, TimeSpan elapsed) : IDisposable
{
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    readonly HttpResponseHeaders headers = response.Headers;
    RentedBuffer? owned = body;

    /// <summary>HTTP status.</summary>
    public int Status { get; } = (int)response.StatusCode;

    /// <summary>The decompressed body.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body.Memory;

    /// <summary>Whether the body begins like a web page.</summary>
    public bool IsPage => Text.Span.StartsWith("<"u8);

    /// <summary>The body without a byte order mark and blanks before it, which modules of a store like to leave there.</summary>
    public ReadOnlyMemory<byte> Text => Body.TrimStart("\uFEFF \t\r\n"u8);

    /// <summary>Time from the request to the last byte.</summary>
    public TimeSpan Elapsed => elapsed;

    /// <summary>The store's clock.</summary>
    public DateTimeOffset? Date => headers.Date;

    /// <summary>Where a redirect points.</summary>
    public Uri? Location => headers.Location;

    /// <summary>How long the store asks us to wait. A date counts from the store's own clock, because ours may differ.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now)
    {
        var asked = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - (Date ?? now);
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }

    /// <summary>The values of a header, joined; empty when it is absent.</summary>
    public string Header(string name) => headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    /// <summary>Hands the buffer of the body to a new owner.</summary>
    public RentedBuffer TakeBody()
    {
        var taken = owned ?? throw new InvalidOperationException("The body was taken already.");
        owned = null;
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => owned?.Dispose();
}
