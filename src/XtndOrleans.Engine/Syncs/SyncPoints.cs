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

    static readonly DiagnosticListener Listener = new(Name);

    public static void Reached(string point, int page)
    {
        if (Listener.IsEnabled(point))
        {
            Listener.Write(point, page);
        }
    }
}
