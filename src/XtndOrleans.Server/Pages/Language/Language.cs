using System.Globalization;

namespace XtndOrleans.Server.Pages.Language;

/// <summary>
/// The page's two languages. Every text is written once, in both, at its name: <c>Language.Say("Save", "Spara")</c>. A translation that is missing does not
/// compile. The texts of a slice are the static members of its <c>…Texts</c> class.
/// </summary>
internal static class Language
{
    /// <summary>The text in the reader's language.</summary>
    public static string Say(string english, string swedish) => IsSwedish ? swedish : english;

    /// <summary>The text for one or for several.</summary>
    public static string Count(long count, (string One, string Many) english, (string One, string Many) swedish)
    {
        var (one, many) = IsSwedish ? swedish : english;
        return $"{count:N0} {(count == 1 ? one : many)}";
    }

    /// <summary>Whether the reader reads Swedish.</summary>
    public static bool IsSwedish => CultureInfo.CurrentUICulture.Name == Cultures.Swedish.Name;
}
