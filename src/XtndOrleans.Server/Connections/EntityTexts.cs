using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Pages.Shared;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>The texts of an entity's card.</summary>
internal static class EntityTexts
{
    public static string Schedule => Say("Schedule", "Schema");
    public static string NextRun => Say("Next run", "Nästa körning");
    public static string NoNextRun => Say("none", "ingen");
    public static string Fresh => Say("Fresh", "Aktuell");
    public static string Completeness => Say("Completeness", "Fullständighet");
    public static string NotCompared => Say("not compared with the store yet", "inte jämförd med butiken ännu");
    public static string AsideTitle => Say("Quarantine", "Karantän");
    public static string Aside(long count) => Count(count, ("set aside", "set aside"), ("satt åt sidan", "satta åt sidan"));
    public static string HeldWord(long count) => count == 1 ? Say("record", "post") : Say("records", "poster");
    public static string LastRun => Say("Last run", "Senaste körning");
    public static string LastRuns => Say("Last runs", "Senaste körningarna");
    public static string Slots => Say("Due times", "Schemalagda tider");
    public static string Records => Say("Records", "Poster");
    public static string Runs => Say("Runs", "Körningar");
    public static string RunNow => Say("Run now", "Kör nu");
    public static string CancelRun => Say("Cancel run", "Avbryt körning");
    public static string EditSchedule => Say("Edit schedule", "Redigera schema");
    public static string More => Say("More", "Mer");
    public static string FullRead => Say("Full read…", "Läs allt…");
    public static string Rewind => Say("Rewind…", "Gå tillbaka…");

    /// <summary>The label of what cannot be done while a run is under way.</summary>
    public static string OnceEnded(string label) => Say($"{label} (once this run has ended)", $"{label} (när körningen är klar)");

    /// <summary>A control's name for those who hear it without its card.</summary>
    public static string Of(string label, string entity) => $"{label}: {StateTexts.Entity(entity)}";

    public static string Compared(long total, long held) => Say($"The store says {total:N0}, we hold {held:N0}", $"Butiken säger {total:N0}, vi har {held:N0}");
    public static string CheckedAt => Say("checked", "kontrollerat");

    /// <summary>What explains a comparison. The engine speaks English; the Swedish words are found by what it is about.</summary>
    public static string Note(CompletenessView compared, string english) => Say(english, english switch
    {
        _ when english.Contains("in quarantine: it cannot", StringComparison.Ordinal) => $"{compared.Quarantined:N0} av butikens poster ligger i karantän: butiken kan inte lämna ut dem.",
        _ when english.Contains("more in the store", StringComparison.Ordinal) => $"Butiken har {compared.Difference:N0} fler än vi; nästa fullständiga läsning hämtar dem.",
        _ when english.Contains("although it gave", StringComparison.Ordinal) => "Butiken räknar färre än den lämnade ut: dess räkning är fel, eller så togs poster bort under läsningen.",
        _ when english.Contains("fewer in the store", StringComparison.Ordinal) => "Butiken har färre än vi: de är troligen borttagna där. Nästa fullständiga läsning visar det.",
        _ when english.Contains("each range of ids", StringComparison.Ordinal) => "Butiken räknar fler poster än den lämnar ut när varje del efterfrågas för sig.",
        _ => english,
    });

    public static string Started(string entity) => Say($"Reading {StateTexts.Entity(entity)}.", $"Läser {StateTexts.Entity(entity)}.");
    public static string Joined(string entity) => Say($"{StateTexts.Entity(entity)}: a run is under way already.", $"{StateTexts.Entity(entity)}: en körning pågår redan.");
    public static string Lost(string entity) => Say($"{StateTexts.Entity(entity)}: not done, because a run is under way. Try again when it has ended.", $"{StateTexts.Entity(entity)}: inte gjort, eftersom en körning pågår. Försök igen när den är klar.");
    public static string Cancelling => Say("The run stops at the end of its page.", "Körningen stannar efter sin sida.");

    public static string MassDeletion => Say("Much is gone from the store", "Mycket är borta från butiken");
    public static string DeletionsRight => Say("The deletions are right", "Raderingarna stämmer");
    public static string DeletionsQuestion(string entity, string said) => Say(
        $"{said} If that is right, all {StateTexts.Entity(entity)} are read again, and what the store no longer has is marked as deleted here.",
        $"En fullständig läsning fann att ovanligt mycket saknas i butiken, och tog inte bort något. Om det stämmer läses alla {StateTexts.Entity(entity)} igen, och det som butiken inte längre har markeras som borttaget här.");
    public static string DeletionsConfirm => Say("Read again and delete", "Läs igen och ta bort");

    public static string RewindTitle(string entity) => Say($"Rewind {StateTexts.Entity(entity)}", $"Gå tillbaka: {StateTexts.Entity(entity)}");
    public static string RewindText => Say("Everything that the store says has changed since then is read again. What is held stays; nothing is doubled.", "Allt som butiken säger har ändrats sedan dess läses igen. Det som finns här ligger kvar; inget dubbleras.");
    public static string FullTitle(string entity) => Say($"Full read of {StateTexts.Entity(entity)}", $"Läs alla {StateTexts.Entity(entity)}");
    public static string FullText => Say("Everything is read and compared: changes that the store does not tell of are found, and so is what it no longer has.", "Allt läses och jämförs: ändringar som butiken inte berättar om hittas, och även det som inte finns kvar där.");
    public static string Since => Say("Since", "Sedan");
    public static string SinceTime => Say("A time that I choose", "En tid som jag väljer");
    public static string SinceRun(string at, bool full) => full ? Say($"{at}, after a full read", $"{at}, efter en fullständig läsning") : Say($"{at}, after a run", $"{at}, efter en körning");
    public static string Date => Say("Date", "Datum");
    public static string Time => Say("Time of day", "Klockslag");
    public static string InZone(string zone) => Say($"On the wall clock of {zone}.", $"Enligt klockan i {zone}.");
    public static string HowMuch => Say("How much would that be?", "Hur mycket blir det?");
    public static string Asking => Say("Asking the store…", "Frågar butiken…");
    public static string Answer(long read, long of) => Say($"{read:N0} of {of:N0} records would be read again.", $"{read:N0} av {of:N0} poster skulle läsas igen.");
    public static string AnswerAll(long read) => Say($"{Count(read, ("record", "records"), ("", ""))} would be read.", $"{Count(read, ("", ""), ("post", "poster"))} skulle läsas.");
    public static string ReadAgain => Say("Read again", "Läs igen");
    public static string ReadAll => Say("Read all", "Läs allt");
    public static string Cancel => Say("Cancel", "Avbryt");
    public static string DateNeeded => Say("Choose a date.", "Välj ett datum.");
    public static string TimeNeeded => Say("Choose a time of day.", "Välj ett klockslag.");
    public static string InTheFuture => Say("Choose a time that has passed.", "Välj en tid som har varit.");
}
