using System.Diagnostics;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Tells listeners in the same process where a run is, between the steps that a crash may separate. Costs a field read when nobody listens. Tests kill the
/// process at these points.
/// </summary>
internal static class SyncPoints
{
    /// <summary>Name of the <see cref="DiagnosticListener"/>.</summary>
    public const string Name = "XtndOrleans.Sync";

    public const string BeforeFetch = "before-fetch";
    public const string AfterFetch = "after-fetch";
    public const string BeforeCommit = "before-commit";
    public const string AfterCommit = "after-commit";

    /// <summary>Every page is committed; what is missing is to be found out.</summary>
    public const string BeforeReckon = "before-reckon";

    /// <summary>What is gone was asked for once more.</summary>
    public const string BeforeBury = "before-bury";

    public const string AfterBury = "after-bury";

    /// <summary>All is reckoned; the window is to be closed.</summary>
    public const string BeforeClose = "before-close";

    static readonly DiagnosticListener Listener = new(Name);

    public static void Reached(string point, int page)
    {
        if (Listener.IsEnabled(point))
        {
            Listener.Write(point, page);
        }
    }
}
