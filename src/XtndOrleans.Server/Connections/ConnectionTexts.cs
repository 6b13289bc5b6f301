using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>The texts of the pages about connections.</summary>
internal static partial class ConnectionTexts
{
    public static string Title => Say("External System Connectors", "Externa systemkopplingar");
    public static string Create => Say("Create New Connection", "Skapa ny anslutning");
    public static string NoneTitle => Say("No store is connected yet", "Ingen butik är ansluten ännu");
    public static string None => Say("Connect your online store, and its products and orders are kept here.", "Anslut din webbutik, så hålls dess produkter och order aktuella här.");
}
