using XtndOrleans.Engine.Connections;
using XtndOrleans.Server.Pages.Language;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>The texts of the list of connections.</summary>
internal static class ConnectionTexts
{
    public static string Title => Say("External System Connectors", "Externa systemkopplingar");
    public static string Create => Say("Create New Connection", "Skapa ny anslutning");
    public static string NoneTitle => Say("No store is connected yet", "Ingen butik är ansluten ännu");
    public static string None => Say("Connect your online store, and its products and orders are kept here.", "Anslut din webbutik, så hålls dess produkter och order aktuella här.");
    public static string Search => Say("Search name or address", "Sök namn eller adress");
    public static string Status => Say("Status", "Status");
    public static string EveryStatus => Say("Every status", "Alla statusar");
    public static string System => Say("External System", "Externt system");
    public static string EverySystem => Say("Every system", "Alla system");
    public static string Sort => Say("Sort by", "Sortera efter");
    public static string Found(long count) => Count(count, ("connection", "connections"), ("anslutning", "anslutningar"));
    public static string NoMatchTitle => Say("Nothing matches", "Inget passar");
    public static string NoMatch => Say("No connection matches what you typed and chose.", "Ingen anslutning passar det du skrev och valde.");
    public static string ShowAll => Say("Show all", "Visa alla");
    public static string EntitiesTab => Say("Synchronization", "Synkronisering");
    public static string RunsTab => Say("Runs", "Körningar");
    public static string QuarantineTab => Say("Quarantine", "Karantän");

    /// <summary>Why a connection has its status: what the store said and what to do, or a pause's note as it was written.</summary>
    public static string? Reason(ConnectionView connection) => connection is { StatusReason: { } reason, StatusCode: { } code }
        ? Say(reason, ProblemTexts.Of(code, "") is { Length: > 0 } swedish ? $"{swedish} {Cures.Swedish(code, reason)}" : reason)
        : connection.StatusReason;

    public static string Fresh => Say("Fresh:", "Aktuell:");
    public static string NextRun => Say("Next run:", "Nästa körning:");
    public static string ScheduleInactive => Say("inactive", "inaktivt");

    public static string SortedBy(ConnectionOrder order) => order switch
    {
        ConnectionOrder.Status => Say("Sort by status", "Sortera efter status"),
        ConnectionOrder.Freshness => Say("Sort by freshness", "Sortera efter aktualitet"),
        ConnectionOrder.NextRun => Say("Sort by next run", "Sortera efter nästa körning"),
        ConnectionOrder.Newest => Say("Newest first", "Nyaste först"),
        _ => Say("Sort by name", "Sortera efter namn"),
    };
}
