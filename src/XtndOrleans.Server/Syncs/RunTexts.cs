using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Pages.Shared;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Syncs;

/// <summary>The texts of runs: how far they are and how they ended.</summary>
internal static class RunTexts
{
    public static string NoneYet => Say("No run yet", "Ingen körning ännu");
    public static string Reading => Say("Reading the first page", "Läser första sidan");
    public static string Comparing => Say("Comparing with the store", "Jämför med butiken");
    public static string NothingChanged => Say("Nothing had changed", "Inget hade ändrats");
    public static string LastRuns => Say("The last runs", "De senaste körningarna");
    public static string LastDays => Say("The schedule in the last days", "Schemat de senaste dagarna");

    /// <summary>A progress bar's name.</summary>
    public static string Progress(string entity) => Say($"{entity}: records read", $"{entity}: lästa poster");

    public static string SeenOf(long seen, long? total) => total is { } all
        ? Say($"{seen:N0} of {all:N0} records", $"{seen:N0} av {all:N0} poster")
        : Count(seen, ("record", "records"), ("post", "poster"));

    public static string PerSecond(double speed) => Say($"{speed:N0}/s on average", $"{speed:N0}/s i snitt");
    public static string Left(TimeSpan left) => Say($"{Duration(left)} left", $"{Duration(left)} kvar");
    public static string SoFar(TimeSpan past) => Say($"{Duration(past)} so far", $"{Duration(past)} hittills");
    public static string Page(long page) => Say($"page {page:N0}", $"sida {page:N0}");
    public static string Requests(long count) => Count(count, ("request", "requests"), ("förfrågan", "förfrågningar"));
    public static string Retries(long count) => Count(count, ("retry", "retries"), ("omförsök", "omförsök"));
    public static string Took(TimeSpan took) => Say($"Took {Duration(took)}", $"Tog {Duration(took)}");

    /// <summary>When a waiting run tries again, on the connection's wall clock.</summary>
    public static string NextTry(string time) => Say($"Next try {time}", $"Nästa försök {time}");

    /// <summary>What a run did, one text for each kind that occurred.</summary>
    public static IEnumerable<string> Did(RunView run)
    {
        (long Count, (string, string) English, (string, string) Swedish)[] kinds =
        [
            (run.Inserted, ("new", "new"), ("ny", "nya")),
            (run.Updated, ("changed", "changed"), ("ändrad", "ändrade")),
            (run.Deleted, ("deleted", "deleted"), ("borttagen", "borttagna")),
            (run.Unchanged, ("unchanged", "unchanged"), ("oförändrad", "oförändrade")),
            (run.Quarantined, ("in quarantine", "in quarantine"), ("i karantän", "i karantän")),
        ];
        var did = kinds.Where(kind => kind.Count > 0).Select(kind => Count(kind.Count, kind.English, kind.Swedish)).ToList();
        return did.Count > 0 || run.State is not "succeeded" ? did : [NothingChanged];
    }

    /// <summary>A span in its two largest units.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 0 } => Duration(TimeSpan.Zero),
        { TotalSeconds: < 1 } => Say("less than 1 s", "mindre än 1 s"),
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 1 } => Two(span.Minutes, "min", span.Seconds, "s"),
        { TotalDays: < 1 } => Two(span.Hours, Say("h", "tim"), span.Minutes, "min"),
        _ => Two(span.Days, Say("d", "dygn"), span.Hours, Say("h", "tim")),
    };

    /// <summary>The chart of the last runs in one sentence.</summary>
    public static string Chart(IReadOnlyList<RunView> runs)
    {
        var parts = runs.GroupBy(run => run.State).OrderByDescending(state => state.Count())
            .Select(state => $"{state.Count():N0} {StateTexts.Of(state.Key).ToLower(System.Globalization.CultureInfo.CurrentCulture)}");
        var most = runs.Max(RunBars.Changed);
        var told = string.Join(", ", parts);
        return Say($"The last {runs.Count:N0} runs: {told}. At most {most:N0} records changed in one.", $"De senaste {runs.Count:N0} körningarna: {told}. Som mest ändrades {most:N0} poster i en.");
    }

    static string Two(int large, string unit, int small, string smallUnit) => small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smallUnit}";
}
