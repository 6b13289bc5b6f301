using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Overview;

/// <summary>The texts of a tenant's front page.</summary>
internal static class OverviewTexts
{
    public static string Title => Say("Overview", "Översikt");
    public static string Loading => Say("Loading…", "Läser in…");
    public static string WelcomeTitle => Say("Connect your first store", "Anslut din första butik");
    public static string Welcome => Say("XTND Backend reads its products and orders on a schedule and keeps them fresh.", "XTND Backend läser dess produkter och order enligt ett schema och håller dem aktuella.");
    public static string Connections => Say("Connections", "Anslutningar");
    public static string Connection => Say("Connection", "Anslutning");
    public static string Entity => Say("Kind", "Slag");
    public static string State => Say("State", "Läge");
    public static string Held => Say("Records held", "Poster som finns här");
    public static string HeldHelp => Say("in all connections", "i alla anslutningar");
    public static string Changed => Say("Changes", "Ändringar");
    public static string ChangedHelp => Say("in the last 24 hours", "de senaste 24 timmarna");
    public static string Running => Say("Running now", "Pågår nu");
    public static string FreshTitle => Say("What is fresh and what is not", "Vad som är aktuellt och inte");
    public static string FreshHelp => Say("Late means older than twice the schedule's period and an hour.", "Sen betyder äldre än två av schemats perioder och en timme.");
    public static string FreshHead => Say("Fresh", "Aktuell");
    public static string RecordsHead => Say("Records", "Poster");
    public static string Stalest => Say("Stalest", "Minst aktuell");
    public static string ByEntity => Say("Connections by how fresh their records are", "Anslutningar efter hur aktuella deras poster är");
    public static string ByConnection => Say("How fresh each connection's records are", "Hur aktuella varje anslutnings poster är");
    public static string DaysTitle => Say("Records a day", "Poster per dag");
    public static string Day => Say("Day", "Dag");
    public static string Inserted => Say("New", "Nya");
    public static string Updated => Say("Changed", "Ändrade");
    public static string Deleted => Say("Deleted", "Borttagna");
    public static string NoChanges => Say("No record has changed in the last 30 days.", "Ingen post har ändrats de senaste 30 dagarna.");
    public static string AtLeast => Say("Some days had so many runs that not all are counted: their numbers are the least there were.", "Vissa dagar hade så många körningar att alla inte räknas: talen är de minsta möjliga.");

    public static string Lead(long connections, long verified, long named, long concerns) => (verified == connections, named) switch
    {
        (true, 0) when connections == 1 => Say("Your connection works, and nothing needs you.", "Din anslutning fungerar, och inget behöver dig."),
        (true, 0) => Say($"All {connections:N0} connections work, and nothing needs you.", $"Alla {connections:N0} anslutningar fungerar, och inget behöver dig."),
        (_, 0) => Say($"{verified:N0} of {connections:N0} connections work; the others are paused.", $"{verified:N0} av {connections:N0} anslutningar fungerar; de andra är pausade."),
        _ => Say(
            $"{verified:N0} of {connections:N0} {(connections == 1 ? "connection works" : "connections work")}; {(concerns == 1 ? "one thing needs" : $"{concerns:N0} things need")} a person.",
            $"{verified:N0} av {connections:N0} {(connections == 1 ? "anslutning" : "anslutningar")} fungerar; {(concerns == 1 ? "en sak" : $"{concerns:N0} saker")} behöver en människa."),
    };

    public static string Queued(long count) => count == 0
        ? Say("none waits for its turn", "ingen väntar på sin tur")
        : Say(count == 1 ? "1 waits for its turn" : $"{count:N0} wait for their turn", $"{count:N0} väntar på sin tur");

    public static string Progress(long seen, long? total) => total is { } all && all >= seen
        ? Say($"{seen:N0} of {all:N0}", $"{seen:N0} av {all:N0}")
        : Count(seen, ("record", "records"), ("post", "poster"));

    public static string Worst(int count) => Say($"The {count:N0} worst", $"De {count:N0} sämsta");

    public static string DaysHelp(string zone) => Say($"What runs found new, changed or gone, by day in {zone}.", $"Vad körningar fann nytt, ändrat eller borta, per dag i {zone}.");
}
