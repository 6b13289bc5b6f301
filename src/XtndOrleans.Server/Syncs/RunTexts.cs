using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Syncs;

/// <summary>The texts of runs.</summary>
internal static class RunTexts
{
    public static string NoneYet => Say("No run yet", "Ingen körning ännu");
}
