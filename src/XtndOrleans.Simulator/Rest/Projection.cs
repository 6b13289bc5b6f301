using System.Text.Json;

namespace XtndOrleans.Simulator;

/// <summary>The <c>fields=</c> parameter. Magento applies it after everything else: it saves bytes, not work.</summary>
internal static class Projection
{
    public static RestResult List<TRow>(string fields, ListPage<TRow> page, SearchCriteria criteria) where TRow : Row
    {
        if (FieldTree.Parse(fields) is not { } tree) return RestResult.Json("[]"u8.ToArray());
        var json = new PhpJson().Object();
        if (tree.Wants("items", out var item)) Items(json, page.Rows.Span, item);
        if (tree.Wants("search_criteria", out var inner))
        {
            var echo = new PhpJson();
            criteria.Echo(echo);
            json.Name("search_criteria");
            if (inner is null) json.Token(echo.Written);
            else Value(json, echo.Written, inner);
        }
        if (page.Total is { } total && tree.Wants("total_count", out _)) json.Field("total_count", total);
        json.EndObject();
        return new CountedResult(json.Length == 2 ? "[]"u8.ToArray() : json.ToArray(), page.Rows.Length);
    }

    static void Items<TRow>(PhpJson json, ReadOnlySpan<TRow> rows, FieldTree? item) where TRow : Row
    {
        json.Name("items");
        // PHP's intersection of an empty array with a list of fields is null.
        if (rows.Length == 0 && item is not null)
        {
            json.Null();
            return;
        }
        json.Array();
        foreach (var row in rows)
        {
            if (item is null) json.Token(row.Json.ToArray());
            else Value(json, row.Json.ToArray(), item);
        }
        json.EndArray();
    }

    /// <summary>Any other answer: an object, or a list of objects.</summary>
    public static byte[] Apply(string fields, byte[] body)
    {
        if (FieldTree.Parse(fields) is not { } tree) return "[]"u8.ToArray();
        if (body.Length == 0 || body[0] is not ((byte)'{' or (byte)'[')) return body;
        var json = new PhpJson();
        Value(json, body, tree);
        return json.ToArray();
    }

    static void Value(PhpJson json, ReadOnlySpan<byte> value, FieldTree tree)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        Value(json, value, ref reader, tree);
    }

    static void Value(PhpJson json, ReadOnlySpan<byte> source, ref Utf8JsonReader reader, FieldTree tree)
    {
        if (reader.TokenType == JsonTokenType.StartObject) Object(json, source, ref reader, tree);
        else if (reader.TokenType == JsonTokenType.StartArray) List(json, source, ref reader, tree);
        else json.Token(Raw(source, ref reader));
    }

    static void List(PhpJson json, ReadOnlySpan<byte> source, ref Utf8JsonReader reader, FieldTree tree)
    {
        var any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!any) json.Array();
            any = true;
            Value(json, source, ref reader, tree);
        }
        if (any) json.EndArray();
        else json.Null();
    }

    static void Object(PhpJson json, ReadOnlySpan<byte> source, ref Utf8JsonReader reader, FieldTree tree)
    {
        var found = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!tree.Wants(name, out var inner))
            {
                reader.Skip();
                continue;
            }
            if (found++ == 0) json.Object();
            json.Name(name);
            if (inner is null) json.Token(Raw(source, ref reader));
            else if (name == "custom_attributes") Attributes(json, source, ref reader, inner);
            else Value(json, source, ref reader, inner);
            // The wanted fields of a product are the first few of 3 kB.
            if (found == tree.Count && reader.CurrentDepth == 1) break;
        }
        if (found == 0) json.Empty();
        else json.EndObject();
    }

    /// <summary>Attributes are chosen by code, not by key.</summary>
    static void Attributes(PhpJson json, ReadOnlySpan<byte> source, ref Utf8JsonReader reader, FieldTree codes)
    {
        json.Array();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var attribute = Raw(source, ref reader);
            using var parsed = JsonDocument.Parse(attribute.ToArray());
            if (codes.Wants(parsed.RootElement.GetProperty("attribute_code").GetString()!, out _)) json.Token(attribute);
        }
        json.EndArray();
    }

    static ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> source, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return source[start..(int)reader.BytesConsumed];
    }
}

/// <summary>A projected page still cost its rows.</summary>
internal sealed class CountedResult(byte[] body, int records) : RestResult
{
    public override int Records => records;

    public override byte[] ToArray() => body;

    public override async ValueTask Write(System.IO.Pipelines.PipeWriter output, CancellationToken cancelled) => await output.WriteAsync(body, cancelled);
}
