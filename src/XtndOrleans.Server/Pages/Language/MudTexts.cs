using Microsoft.Extensions.Localization;
using MudBlazor;

namespace XtndOrleans.Server.Pages.Language;

/// <summary>The component library's own texts in Swedish. Its English ones are built in.</summary>
internal sealed class MudTexts : MudLocalizer
{
    /// <summary>The Swedish texts by the library's keys.</summary>
    public static IReadOnlyDictionary<string, string> Swedish { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };

    public override LocalizedString this[string key] =>
        Language.IsSwedish && Swedish.TryGetValue(key, out var text) ? new(key, text) : new(key, key, resourceNotFound: true);
}
