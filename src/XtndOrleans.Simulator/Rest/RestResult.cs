using System.Buffers;
using System.IO.Pipelines;

namespace XtndOrleans.Simulator;

/// <summary>An answer, not yet sent: faults may still cut or slow it.</summary>
internal abstract class RestResult
{
    public int Status { get; init; } = 200;
    public string ContentType { get; init; } = "application/json; charset=utf-8";
    public bool IsJson => ContentType.StartsWith("application/json", StringComparison.Ordinal);

    /// <summary>Whether it may bring a session's cookie.</summary>
    public bool OpensSession { get; init; } = true;

    /// <summary>Rows in it, for the counters and the latency.</summary>
    public virtual int Records => 0;

    public abstract ValueTask Write(PipeWriter output, CancellationToken cancelled);

    public abstract byte[] ToArray();

    public static RestResult Json(byte[] json, int status = 200) => new BytesResult(json) { Status = status };

    public static RestResult Json(MagentoError error) => new BytesResult(error.ToJson()) { Status = error.Status, OpensSession = error.OpensSession };

    public static RestResult Html(int status, string html, string contentType = "text/html; charset=UTF-8") =>
        new BytesResult(System.Text.Encoding.UTF8.GetBytes(html)) { Status = status, ContentType = contentType };
}

internal sealed class BytesResult(byte[] body) : RestResult
{
    public override byte[] ToArray() => body;

    public override async ValueTask Write(PipeWriter output, CancellationToken cancelled) => await output.WriteAsync(body, cancelled);
}

/// <summary>A page of a list: the rows' bytes go from their cache to the socket without being put together first.</summary>
internal sealed class PageResult<TRow>(ReadOnlyMemory<TRow> rows, byte[] end) : RestResult where TRow : Row
{
    const int flushAt = 128 * 1024;

    public override int Records => rows.Length;

    public override byte[] ToArray()
    {
        var whole = new ArrayBufferWriter<byte>();
        whole.Write("{\"items\":["u8);
        for (var i = 0; i < rows.Length; i++) Item(whole, i);
        whole.Write(end);
        return whole.WrittenSpan.ToArray();
    }

    public override async ValueTask Write(PipeWriter output, CancellationToken cancelled)
    {
        output.Write("{\"items\":["u8);
        for (var i = 0; i < rows.Length; i++)
        {
            Item(output, i);
            if (output.UnflushedBytes >= flushAt) await output.FlushAsync(cancelled);
        }
        output.Write(end);
        await output.FlushAsync(cancelled);
    }

    void Item(IBufferWriter<byte> output, int index)
    {
        if (index > 0) output.Write(","u8);
        rows.Span[index].Json.WriteTo(output);
    }
}
