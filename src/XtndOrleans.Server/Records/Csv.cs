using System.Buffers;
using System.Globalization;
using System.Text;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Json;

namespace XtndOrleans.Server.Records;

/// <summary>RFC 4180: commas, CRLF, quotes where they are needed. No body.</summary>
/// <param name="fields">The canonical fields, by their JSON names.</param>
internal sealed class Csv(IReadOnlyList<string> fields) : IExportFormat
{
    public const string MediaType = "text/csv";

    const string LineEnd = "\r\n";

    static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    readonly StringBuilder line = new();

    public string ContentType => MediaType + "; charset=utf-8; header=present";

    public void Begin(IBufferWriter<byte> output) =>
        Line(["externalId", "key", .. fields, "sourceCreatedAt", "sourceUpdatedAt", "firstSeenAt", "changedAt", "deletedAt", "seq"], output);

    public void Write(RecordView record, IBufferWriter<byte> output) => Line(
        [
            record.ExternalId, record.Key, .. fields.Select(field => record.Fields[field]),
            record.SourceCreatedAt, record.SourceUpdatedAt, record.FirstSeenAt, record.ChangedAt, record.DeletedAt, record.Seq,
        ],
        output);

    void Line(IEnumerable<object?> cells, IBufferWriter<byte> output)
    {
        line.Clear();
        foreach (var cell in cells)
        {
            Cell(Text(cell));
        }

        line.Length--; // the comma after the last
        line.Append(LineEnd);
        foreach (var chunk in line.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, output);
        }
    }

    void Cell(string text) => (text.AsSpan().ContainsAny(Quoted)
        ? line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
        : line.Append(text)).Append(',');

    static string Text(object? value) => value switch
    {
        null => "",
        string text => Harmless(text),
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => UtcTimeConverter.Text(time),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    // A spreadsheet executes what looks like a formula.
    static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" + text : text;
}
