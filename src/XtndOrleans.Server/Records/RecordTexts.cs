using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Records;

/// <summary>The texts of the pages about records.</summary>
internal static class RecordTexts
{
    public static string Title => Say("Records", "Poster");
    public static string WhereIsMyOrder => Say("Where is my order…?", "Var är min order…?");
    public static string NothingTitle => Say("Nothing has been read yet", "Inget har lästs ännu");
    public static string Nothing => Say("Connect a store, and its products and orders appear here.", "Anslut en butik, så visas dess produkter och order här.");
}
