using System.Globalization;
using System.Text.Json;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>The canonical fields of a record, whether they come from the database or, as JSON, from the first answer of a page.</summary>
internal readonly struct FieldReader(RecordView record)
{
    public string? Text(string field) => record.Fields.TryGetValue(field, out var value) ? value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        _ => null,
    } : null;

    public decimal? Number(string field) => record.Fields.TryGetValue(field, out var value) ? value switch
    {
        decimal number => number,
        JsonElement { ValueKind: JsonValueKind.Number } json when decimal.TryParse(json.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    } : null;

    public DateTimeOffset? Time(string field) => record.Fields.TryGetValue(field, out var value) ? value switch
    {
        DateTimeOffset time => time,
        JsonElement { ValueKind: JsonValueKind.String } json when json.TryGetDateTimeOffset(out var time) => time,
        _ => null,
    } : null;

    public bool? Flag(string field) => record.Fields.TryGetValue(field, out var value) ? value switch
    {
        bool flag => flag,
        JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } json => json.GetBoolean(),
        _ => null,
    } : null;

    /// <summary>A list within the record.</summary>
    public BodyPart List(string field) => record.Fields.TryGetValue(field, out var value) ? value switch
    {
        RawJson json => BodyPart.Of(json),
        JsonElement json => BodyPart.Of(new RawJson(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()))),
        _ => default,
    } : default;
}
