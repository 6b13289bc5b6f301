using System.Globalization;
using System.Text.Json;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>
/// A part of the store's own JSON, read without trust: what is absent, null or of another kind than expected is simply not there. A number may be a number or
/// its text.
/// </summary>
internal readonly struct BodyPart
{
    readonly JsonElement? element;

    BodyPart(JsonElement element) => this.element = element;

    /// <summary>The whole; nothing when it cannot be read.</summary>
    public static BodyPart Of(RawJson? json)
    {
        if (json is not { } body)
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(body.Utf8);
            return new(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>What an object has under this name.</summary>
    public BodyPart this[string name]
    {
        get
        {
            try
            {
                return element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? new(child) : default;
            }
            catch (InvalidOperationException)
            {
                return default; // half of a surrogate pair in a name
            }
        }
    }

    /// <summary>The elements of a list.</summary>
    public IEnumerable<BodyPart> Items => element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(item => new BodyPart(item)) : [];

    /// <summary>A text, or a number or flag as it is written; null when there is none or it is blank.</summary>
    public string? Text
    {
        get
        {
            try
            {
                return element switch
                {
                    { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim() is { Length: > 0 } some ? some : null,
                    { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value => value.GetRawText(),
                    _ => null,
                };
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>An exact number.</summary>
    public decimal? Number => decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
