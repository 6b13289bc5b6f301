using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Overview;

/// <summary>The texts of a tenant's front page.</summary>
internal static class OverviewTexts
{
    public static string Title => Say("Overview", "Översikt");
    public static string WelcomeTitle => Say("Connect your first store", "Anslut din första butik");
    public static string Welcome => Say("XTND Backend reads its products and orders on a schedule and keeps them fresh.", "XTND Backend läser dess produkter och order enligt ett schema och håller dem aktuella.");
}
