namespace XtndOrleans.Simulator;

/// <summary>A request below /rest, taken apart as Magento does it.</summary>
internal sealed class RestRequest(HttpContext http, MagentoStore store, string storeCode, IReadOnlyList<string> path)
{
    PhpValue? query;

    public HttpContext Http { get; } = http;
    public MagentoStore Store { get; } = store;

    /// <summary>The store view whose values are shown: default when the URL has none, all for those above the views.</summary>
    public string StoreCode { get; } = storeCode;

    /// <summary>The segments after V1, still percent-encoded.</summary>
    public IReadOnlyList<string> Path { get; } = path;

    /// <summary>The fault that Magento's own answer is to show.</summary>
    public Fault? Fault { get; set; }

    public PhpValue Query => query ??= PhpValue.Query(Http.Request.QueryString.Value ?? "");

    /// <summary>Null when absent or empty: then nothing is projected.</summary>
    public string? Fields => Query["fields"]?.Text is { Length: > 0 } fields ? fields : null;

    /// <summary>A path parameter; PHP leaves the plus sign of a path for a space.</summary>
    public string Parameter(int segment) => Uri.UnescapeDataString(Path[segment].Replace('+', ' '));

    /// <summary>A path parameter that Magento casts to int: 000000001 is 1, abc is refused.</summary>
    public int Number(int segment)
    {
        var text = Parameter(segment);
        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new MagentoError(400, $"The \"{text}\" value's type is invalid. The \"int\" type was expected. Verify and try again.");
    }

    /// <summary>Refuses a caller that lacks the right; an invalid token is a caller without any.</summary>
    public void Require(string resource) => Store.Callers.Require(Http.Request, resource);
}
