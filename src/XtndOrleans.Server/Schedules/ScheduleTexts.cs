using System.Globalization;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Server.Pages.Shared;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Schedules;

/// <summary>The texts of schedules. The dialog's are those of the merchants' manual.</summary>
internal static class ScheduleTexts
{
    public static string Title => Say("External system connectors", "Externa systemkopplingar");
    public static string Schedule => Say("Schedule for synchronization", "Synkroniseringsschema");
    public static string Active => Say("Active", "Aktivt");
    public static string StartDate => Say("Start date", "Startdatum");
    public static string TimeOfDay => Say("Time of day", "Klockslag");
    public static string TimeZone => Say("Time zone", "Tidszon");
    public static string Sweep => Say("Full read (sweep)", "Fullständig läsning");
    public static string SweepHelp => Say("Reads everything in the small hours, to find what the store does not tell as a change.", "Läser allt under småtimmarna, för att hitta det som butiken inte berättar om som ändringar.");
    public static string SweepRhythm => Say("How often everything is read", "Hur ofta allt läses");
    public static string Cancel => Say("Cancel", "Avbryt");
    public static string Save => Say("Save", "Spara");
    public static string NextTen => Say("The next ten runs", "De tio närmaste körningarna");
    public static string NextTenOnceActive => Say("Inactive. Once active, the next ten runs would be", "Inaktivt. När det aktiveras blir de tio närmaste körningarna");
    public static string NoRuns => Say("Nothing can be said until the fields above are right.", "Inget kan sägas förrän fälten ovan är rätt ifyllda.");
    public static string Saved(string entity) => Say($"The schedule of {StateTexts.Entity(entity)} is saved.", $"Schemat för {StateTexts.Entity(entity)} är sparat.");
    public static string Newer(string schedule) => Say($"Somebody changed this schedule meanwhile: {schedule}. What you typed is still here; save once more to replace theirs.", $"Någon annan har ändrat schemat under tiden: {schedule}. Det du skrev finns kvar; spara igen för att ersätta deras.");
    public static string TakeNewer => Say("Use theirs", "Använd deras");

    /// <summary>How often, for a person to choose.</summary>
    public static string Of(Frequency frequency) => frequency switch
    {
        Frequency.Hourly => Say("Hourly", "Varje timme"),
        Frequency.Weekly => Say("Weekly", "Veckovis"),
        _ => Say("Daily", "Dagligen"),
    };

    /// <summary>How often everything is read, for a person to choose.</summary>
    public static string OfSweep(string rhythm) => rhythm switch
    {
        "nightly" => Say("Nightly", "Varje natt"),
        "weekly" => Say("Weekly, on Sundays", "Veckovis, på söndagar"),
        "off" => Say("Off", "Av"),
        _ => rhythm,
    };

    /// <summary>A schedule in a few words: Daily at 08:05.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="zone">IANA name: the connection's. Another one is named.</param>
    public static string InWords(ScheduleView schedule, string zone) => schedule.Active
        ? $"{Rhythm(schedule)}{(schedule.TimeZone == zone ? "" : $" ({schedule.TimeZone})")}"
        : StateTexts.Inactive;

    /// <summary>What the clocks' change does to a run; null when nothing.</summary>
    public static string? Note(Occurrence run) => run switch
    {
        { Note: null } => null,
        { MovedFrom: { } from } => Say($"moved {Clock(from)} to {Clock(run.Local)}, clocks change", $"flyttad från {Clock(from)} till {Clock(run.Local)}, klockan ställs om"),
        { IsAgain: true } => Say("again: clocks go back", "igen: klockan ställs tillbaka"),
        { Skipped: { } gone } when gone.First == gone.Last => Say($"no run at {Clock(gone.First)}: clocks go forward", $"ingen körning {Clock(gone.First)}: klockan ställs fram"),
        { Skipped: { } gone } => Say($"no runs from {Clock(gone.First)} to {Clock(gone.Last)}: clocks go forward", $"inga körningar {Clock(gone.First)}–{Clock(gone.Last)}: klockan ställs fram"),
        _ => Say($"{Clock(run.Local)} comes twice, clocks change; runs at the first", $"{Clock(run.Local)} inträffar två gånger, klockan ställs om; körs den första"),
    };

    /// <summary>What is wrong with a field.</summary>
    public static string Problem(string field, string english) => field switch
    {
        "startDate" when english.StartsWith("Choose a date up to", StringComparison.Ordinal) => Say(english, $"Välj ett datum till och med {ScheduleRules.LatestStart:yyyy-MM-dd}."),
        "startDate" => Say("Choose a date.", "Välj ett datum."),
        "timeOfDay" => Say("Choose a time of day.", "Välj ett klockslag."),
        "timeZone" => Say(english, "Det är ingen tidszon. Välj en ur listan, till exempel Europe/Stockholm."),
        _ => english,
    };

    static string Rhythm(ScheduleView schedule) => schedule.Frequency switch
    {
        Frequency.Hourly => Say($"Hourly at :{schedule.TimeOfDay:mm}", $"Varje timme vid :{schedule.TimeOfDay:mm}"),
        Frequency.Weekly => Say($"Weekly on {Weekday(schedule.StartDate)} at {Clock(schedule.TimeOfDay)}", $"Veckovis på {Weekday(schedule.StartDate)}ar kl. {Clock(schedule.TimeOfDay)}"),
        _ => Say($"Daily at {Clock(schedule.TimeOfDay)}", $"Dagligen kl. {Clock(schedule.TimeOfDay)}"),
    };

    static string Weekday(DateOnly date) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(date.DayOfWeek);

    static string Clock(TimeOnly time) => time.ToString("t", CultureInfo.CurrentCulture);

    static string Clock(DateTime time) => time.ToString("t", CultureInfo.CurrentCulture);
}
