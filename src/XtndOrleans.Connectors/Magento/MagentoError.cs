using System.Globalization;
using System.Text.Json;
using XtndOrleans.Connectors.Http;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// What can be learnt from the body of an answer that is not a success. The message itself decides nothing, because it is translated to the store's
/// language, and is kept only as <see cref="StoreReply"/> leaves it, because it may repeat what was sent.
/// </summary>
internal readonly struct MagentoError
{
    /// <summary>Whether the body is a JSON object, so that Magento itself (or an application) speaks, not a web server in front of it.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Whether the body looks like a web page.</summary>
    public bool IsPage { get; private init; }

    /// <summary>Whether it has a message, as every error of Magento's API has.</summary>
    public bool HasMessage { get; private init; }

    /// <summary>The right that is missing: parameters.resources.</summary>
    public string? Resources { get; private init; }

    /// <summary>The limit that was passed: parameters.max.</summary>
    public int? Max { get; private init; }

    /// <summary>How many second factors the user has set up: parameters.active_providers; null when two-factor sign-in is not what is said.</summary>
    public int? ActiveProviders { get; private init; }

    /// <summary>Whether the error names parameters or several errors.</summary>
    public bool HasDetails { get; private init; }

    /// <summary>Whether Magento says, in English, that the path itself is wrong: an unknown store code.</summary>
    public bool IsWrongPath { get; private init; }

    /// <summary>Whether the parameters are a list without names, as those of a nonce that was used before.</summary>
    public bool HasListOfParameters { get; private init; }

    /// <summary>What Magento says, as far as it matters and is said in English. It makes a cure more exact; no decision hangs on it alone.</summary>
    public Saying Saying { get; private init; }

    /// <summary>Reads a body, of whatever kind.</summary>
    public static MagentoError Read(StoreAnswer answer)
    {
        var text = answer.Text.Span;
        if (text.IsEmpty || text[0] != '{')
        {
            return new MagentoError { IsPage = answer.IsPage };
        }
        try
        {
            using var document = JsonDocument.Parse(answer.Text);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    static MagentoError Read(JsonElement root)
    {
        var parameters = root.TryGetProperty("parameters", out var found) ? found : default;
        var said = root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String;
        var text = said ? Text(message) : null;
        return new MagentoError
        {
            IsJson = true,
            HasMessage = said,
            Resources = Text(Property(parameters, "resources")) is { } resources ? Name(resources) : null,
            Max = Limit(Property(parameters, "max")),
            ActiveProviders = Property(parameters, "active_providers") is { ValueKind: JsonValueKind.Array } providers ? providers.GetArrayLength() : null,
            HasDetails = parameters.ValueKind != JsonValueKind.Undefined || root.TryGetProperty("errors", out _),
            HasListOfParameters = parameters.ValueKind == JsonValueKind.Array,
            Saying = Sayings.Of(text),
            IsWrongPath = text == "Specified request cannot be processed.",
        };
    }

    static JsonElement Property(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? value : default;

    static int? Limit(JsonElement max) =>
        int.TryParse(max.ValueKind == JsonValueKind.Number ? max.GetRawText() : Text(max), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : null;

    // Null also for what is no text: modules and web servers write their own languages in their own encodings.
    static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // The name goes into texts for people, so it must be a name and nothing else.
    static string? Name(string text) =>
        text.Length is > 0 and <= 200 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':' or ',' or ' ') ? text : null;
}
