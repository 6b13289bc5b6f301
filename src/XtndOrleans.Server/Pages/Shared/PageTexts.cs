using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Pages.Shared;

/// <summary>The texts of a list's pages.</summary>
internal static class PageTexts
{
    public static string Pages => Say("Pages", "Sidor");

    public static string Number(int number) => Say($"Page {number:N0}", $"Sida {number:N0}");
}
