using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Reads a store's address as people type or paste it, and brings it to the form <c>scheme://host[:port][/folder][/index.php]/rest[/storeCode]/V1/</c>.
/// </summary>
internal static partial class MagentoAddress
{
    const string Example = "https://shop.example/rest/V1";
    const string NoAddress = $"This is not an address. Type it like {Example}.";
    const int LongestAddress = 1000;
    const int LongestHost = 253;

    /// <summary>The base address, or what is wrong with the typed one.</summary>
    public static bool TryRead(string? typed, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var text = Visible(typed ?? "");
        problem = Objection(text);
        if (problem is not null)
        {
            return false;
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || Host(uri).Length is 0 or > LongestHost)
        {
            problem = NoAddress;
            return false;
        }
        problem = Objection(uri) ?? Rewrite(uri, out address);
        return problem is null;
    }

    /// <summary>The address beside which the storefront lies: the base address without <c>rest[/storeCode]/V1/</c> and <c>index.php</c>.</summary>
    public static Uri Storefront(Uri baseAddress) => new(StorefrontPart().Replace(baseAddress.AbsoluteUri, "/"));

    /// <summary>The same API behind <c>index.php</c>, for a web server without rewrites; null when the address has it already.</summary>
    public static Uri? WithIndexPhp(Uri baseAddress) => baseAddress.AbsolutePath.Contains("/index.php/", StringComparison.Ordinal)
        ? null
        : new Uri(RestPart().Replace(baseAddress.AbsoluteUri, "/index.php$0"));

    /// <summary>The store view's code in the address; null when it has none.</summary>
    public static string? StoreCode(Uri baseAddress) => RestPart().Match(baseAddress.AbsoluteUri).Groups["code"] is { Success: true } code ? code.Value : null;

    static string? Objection(string text) => text switch
    {
        "" => $"Type the store's address, like {Example}.",
        { Length: > LongestAddress } => "This address is too long.",
        _ when text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 => $"The address has a space or a line break in it. Type it like {Example}.",
        _ when !text.Contains("://", StringComparison.Ordinal) => $"Type https:// (or http://) in front of the address, like {Example}.",
        _ => null,
    };

    static string? Objection(Uri uri) => uri switch
    {
        { Scheme: not ("http" or "https") } => $"The address must begin with https:// or http://, like {Example}.",
        { UserInfo.Length: > 0 } => "Take the user name and the password out of the address; they belong into the fields for access token and secret.",
        { Port: 0 } => "Port 0 cannot be connected to.",
        _ => null,
    };

    // What follows V1 is dropped, and so are query and fragment: people paste the address of a call that worked.
    static string? Rewrite(Uri uri, out Uri? address)
    {
        address = null;
        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        var rest = parts.FindLastIndex(p => Same(p, "rest"));
        var code = rest >= 0 && rest + 1 < parts.Count && !Same(parts[rest + 1], "V1") ? parts[rest + 1] : null;
        if (code is not null && !Code().IsMatch(code))
        {
            return $"After /rest comes /V1, or a store view's code and /V1: {Example} or https://shop.example/rest/default/V1.";
        }
        var folders = Folders(rest >= 0 ? parts[..rest] : BeforeVersion(parts));
        var rewritten = $"{uri.GetLeftPart(UriPartial.Authority)}/{string.Concat(folders.Select(f => f + "/"))}rest/{(code is null ? "" : code + "/")}V1/";
        return Uri.TryCreate(rewritten, UriKind.Absolute, out address) ? null : NoAddress;
    }

    static List<string> Folders(List<string> parts)
    {
        var index = parts.FindIndex(p => Same(p, "index.php"));
        return index >= 0 ? [.. parts[..index], "index.php"] : parts;
    }

    static List<string> BeforeVersion(List<string> parts) => parts.FindIndex(p => Same(p, "V1")) is >= 0 and var version ? parts[..version] : parts;

    // A name with other letters may come out too long for DNS, which is found out only here.
    static string Host(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return "";
        }
    }

    // Web pages and chats wrap an address in marks that nobody sees: a byte order mark, a direction, a space without width.
    static string Visible(string typed)
    {
        var (from, to) = (0, typed.Length);
        while (from < to && IsBlank(typed[from]))
        {
            from++;
        }
        while (from < to && IsBlank(typed[to - 1]))
        {
            to--;
        }
        return typed[from..to];
    }

    static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    static bool Same(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Code();

    [GeneratedRegex("/rest/((?<code>[A-Za-z0-9_]+)/)?V1/$")]
    private static partial Regex RestPart();

    [GeneratedRegex("(/index\\.php)?/rest/([A-Za-z0-9_]+/)?V1/$")]
    private static partial Regex StorefrontPart();
}
