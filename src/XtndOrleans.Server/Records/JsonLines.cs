using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Json;

namespace XtndOrleans.Server.Records;

/// <summary>A record on each line, as JSON.</summary>
internal sealed class JsonLines : IExportFormat
{
    public const string MediaType = "application/x-ndjson";

    // As the answers of the API are written.
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ContentType => MediaType;

    public void Begin(IBufferWriter<byte> output)
    {
    }

    public void Write(RecordView record, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Relaxed))
        {
            JsonSerializer.Serialize(json, record with { Body = OnOneLine(record.Body) }, ApiJson.Options);
        }

        output.Write("\n"u8);
    }

    // A line end in JSON is never within a text, where it is escaped: a space means the same.
    static RawJson? OnOneLine(RawJson? body)
    {
        if (body is not { } json || json.Utf8.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            return body;
        }

        var line = json.Utf8.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return new(line);
    }
}
