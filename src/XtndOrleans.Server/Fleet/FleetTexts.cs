using System.Globalization;
using XtndOrleans.Engine.Fleet;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Fleet;

/// <summary>The texts of the platform's page.</summary>
internal static class FleetTexts
{
    public static string Title => Say("Fleet", "Driftöversikt");
    public static string Live => Say("Runs and silos are renewed every 5 seconds, the plan and the tenants once a minute", "Körningar och noder uppdateras var femte sekund, planen och kunderna en gång i minuten");
    public static string Loading => Say("Loading…", "Läser in…");
    public static string NothingTitle => Say("There are no tenants yet", "Det finns inga kunder ännu");
    public static string Nothing => Say("Tenants are made with the REST API: POST /api/v1/tenants.", "Kunder skapas med REST-API:et: POST /api/v1/tenants.");
    public static string Tenants => Say("Tenants", "Kunder");
    public static string Tenant => Say("Tenant", "Kund");
    public static string ToTenants => Say("See the list", "Visa listan");
    public static string Connections => Say("Connections", "Anslutningar");
    public static string Connection => Say("Connection", "Anslutning");
    public static string Records => Say("Records", "Poster");
    public static string Entity => Say("Kind", "Slag");
    public static string State => Say("State", "Läge");
    public static string Since => Say("Since", "Sedan");
    public static string Waiting => Say("Waiting", "Väntar");
    public static string Erasing => Say("Being erased", "Raderas");
    public static string Search => Say("Search name", "Sök namn");
    public static string RunsNow => Say("Running now", "Pågår nu");
    public static string RunsTitle => Say("Runs under way", "Pågående körningar");
    public static string NoRuns => Say("Nothing runs at the moment.", "Inget körs just nu.");
    public static string Overdue => Say("Overdue", "Försenade starter");
    public static string Oldest => Say("oldest due", "äldst:");
    public static string NoneOverdue => Say("every slot was decided within a minute", "varje start har avgjorts inom en minut");
    public static string PlanTitle => Say("Planned starts, next 24 hours (UTC)", "Planerade starter, nästa 24 timmar (UTC)");
    public static string PerMinute => Say("starts a minute", "starter per minut");
    public static string HourHead => Say("Hour (UTC)", "Timme (UTC)");
    public static string StartsHead => Say("Starts", "Starter");
    public static string MostHead => Say("Most in one minute", "Flest på en minut");
    public static string Silos => Say("Silos", "Noder");
    public static string NoSilos => Say("No silo answers at the moment. The numbers above come from the database.", "Ingen nod svarar just nu. Talen ovanför kommer från databasen.");
    public static string Name => Say("Name", "Namn");
    public static string Version => Say("Version", "Version");
    public static string Activations => Say("Grains", "Grains");
    public static string Cpu => Say("CPU", "CPU");
    public static string Memory => Say("Memory", "Minne");
    public static string PagesRead => Say("Pages · read", "Sidor · läst");
    public static string Requests => Say("Requests · waiting", "Anrop · väntar");

    public static string PlanHelp => Say(
        "Exact for the schedules as they are now, over changes of the clocks. Runs by hand, nightly full reads and paused connections are not in it.",
        "Exakt för schemana som de är nu, även när klockan ställs om. Körningar för hand, nattliga fullständiga läsningar och pausade anslutningar ingår inte.");

    public static string Found(long count) => Count(count, ("tenant", "tenants"), ("kund", "kunder"));

    public static string Queued(long count) => count == 0
        ? Say("none waits to begin", "ingen väntar på att börja")
        : Say($"{count:N0} waiting to begin", $"{count:N0} väntar på att börja");

    public static string Longest(string time) => Say($"longest {time}", $"längsta {time}");

    public static string LongestOf(int shown, long total) => Say($"The {shown:N0} longest of {total:N0}", $"De {shown:N0} längsta av {total:N0}");

    public static string PlanLead(long total, int most, DateTimeOffset at) => total == 0
        ? Say("No start is planned.", "Ingen start är planerad.")
        : Say($"{total:N0} starts. Peak: {most:N0} {(most == 1 ? "start" : "starts")} at {Hour(at)} UTC.", $"{total:N0} starter. Topp: {most:N0} {(most == 1 ? "start" : "starter")} kl. {Hour(at)} UTC.");

    public static string Wait(FleetRun run, DateTimeOffset now) => run switch
    {
        { StartedAt: null } => Say($"to begin, for {For(now - run.Since)}", $"på att börja, i {For(now - run.Since)}"),
        { Retries: > 0 } => Count(run.Retries, ("request was repeated", "requests were repeated"), ("anrop gjordes om", "anrop gjordes om")),
        _ => Say("no", "nej"),
    };

    public static string Silo(string status) => status switch
    {
        "active" => Say("Active", "Aktiv"),
        "created" or "joining" => Say("Joining", "Ansluter"),
        "shuttingdown" or "stopping" => Say("Leaving", "Lämnar"),
        _ => status,
    };

    public static string For(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
        { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min",
        _ => Say($"{(long)time.TotalHours:N0} h {time.Minutes} min", $"{(long)time.TotalHours:N0} tim {time.Minutes} min"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => $"{bytes / 1e9:N1} GB",
        >= 1_000_000 => $"{bytes / 1e6:N0} MB",
        _ => $"{bytes / 1e3:N0} kB",
    };

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    static string Hour(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
}
