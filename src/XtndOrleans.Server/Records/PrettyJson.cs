using System.Text;
using System.Text.Json;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>JSON in lines, for people. Names, texts and numbers stay byte for byte as the store wrote them.</summary>
internal static class PrettyJson
{
    /// <summary>Characters shown at most.</summary>
    public const int Most = 200_000;

    const int Indent = 2;

    /// <summary>The text, and whether it was cut. What is no JSON comes as it is.</summary>
    public static (string Text, bool IsCut) Of(RawJson body)
    {
        var text = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(body.Utf8.Span, new JsonReaderOptions { MaxDepth = 512 });
            var before = JsonTokenType.None;
            while (text.Length <= Most && reader.Read())
            {
                Token(text, ref reader, before);
                before = reader.TokenType;
            }
        }
        catch (JsonException)
        {
            text.Clear().Append(body.ToString());
        }

        return text.Length > Most ? (text.ToString(0, Most), true) : (text.ToString(), false);
    }

    static void Token(StringBuilder text, ref Utf8JsonReader reader, JsonTokenType before)
    {
        var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
        var isFirst = before is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (before is not (JsonTokenType.None or JsonTokenType.PropertyName) && !(isEnd && isFirst))
        {
            text.Append(isEnd || isFirst ? "\n" : ",\n").Append(' ', reader.CurrentDepth * Indent);
        }

        var value = Encoding.UTF8.GetString(reader.ValueSpan);
        _ = reader.TokenType switch
        {
            JsonTokenType.PropertyName => text.Append('"').Append(value).Append("\": "),
            JsonTokenType.String => text.Append('"').Append(value).Append('"'),
            _ => text.Append(value),
        };
    }
}
