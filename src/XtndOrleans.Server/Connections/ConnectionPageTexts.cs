using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>The texts of a connection's own page.</summary>
internal static class ConnectionPageTexts
{
    public static string Edit => Say("Edit", "Redigera");
    public static string Pause => Say("Pause", "Pausa");
    public static string Resume => Say("Resume", "Återuppta");
    public static string Delete => Say("Delete", "Ta bort");
    public static string Close => Say("Close", "Stäng");
    public static string Facts => Say("About the connection", "Om anslutningen");
    public static string Entities => Say("Entities", "Entiteter");
    public static string Store => Say("Store", "Butik");
    public static string Version => Say("Store version", "Butikens version");
    public static string TimeZone => Say("Time zone", "Tidszon");
    public static string Currency => Say("Currency", "Valuta");
    public static string Integration => Say("an integration", "en integration");
    public static string VerifiedAt => Say("Last verified", "Senast verifierad");
    public static string Unknown => Say("not known yet", "inte känd ännu");

    /// <summary>A field's label, as in the form.</summary>
    public static string Field(string name, string english) => FieldTexts.Label(name, english);

    public static string UnverifiedTitle => Say("This connection must be verified first", "Anslutningen måste verifieras först");
    public static string Unverified => Say("Nothing is read from the store until a verify has shown that it works.", "Ingenting läses från butiken förrän en verifiering har visat att det fungerar.");
    public static string FailingTitle => Say("The store cannot be read as it should", "Butiken går inte att läsa som den ska");
    public static string Failing => Say("Do what is said here, then verify the connection.", "Gör det som står här och verifiera sedan anslutningen.");
    public static string PausedTitle => Say("This connection is paused", "Anslutningen är pausad");
    public static string Paused => Say("Nothing is read. What comes due is skipped until it is resumed; then what changed meanwhile is read.", "Ingenting läses. Det som skulle ha körts hoppas över tills den återupptas; då läses det som ändrats under tiden.");
    public static string PauseNote(string note) => Say($"Note: {note}", $"Anteckning: {note}");
    public static string InactiveTitle => Say("No schedule is active", "Inget schema är aktivt");
    public static string InactiveText => Say("By default, schedule for synchronization is inactive. Set all of them active as they are, or edit one by one below.", "Från början är synkroniseringsschemat inaktivt. Aktivera alla som de är, eller redigera ett i taget nedan.");
    public static string ActivateAll => Say("Set all default schedules active", "Aktivera alla standardscheman");

    public static string VerifySucceeded => Say("The connection works.", "Anslutningen fungerar.");
    public static string VerifyFailed => Say("Not everything works. What is wrong and what to do is above.", "Allt fungerar inte. Vad som är fel och vad du kan göra står ovan.");
    public static string VerifyTitle => Say("Verify", "Verifiering");
    public static string IsPaused => Say("The connection is paused.", "Anslutningen är pausad.");
    public static string IsResumed => Say("The connection is resumed.", "Anslutningen är återupptagen.");
    public static string IsDeleted(string name) => Say($"{name} is deleted. Its records are being erased.", $"{name} är borttagen. Posterna raderas nu.");

    public static string PauseDialog(string name) => Say($"Pause {name}", $"Pausa {name}");
    public static string PauseText => Say("Runs that are under way stop at their next page. Nothing is lost.", "Pågående körningar stannar efter nästa sida. Inget går förlorat.");
    public static string PauseWhy => Say("Note (optional)", "Anteckning (valfri)");
    public static string PauseWhyHelp => Say("Shown to everyone who looks at the connection, such as: Moving to a new server.", "Visas för alla som tittar på anslutningen, till exempel: Flyttar till en ny server.");

    public static string DeleteDialog(string name) => Say($"Delete {name}", $"Ta bort {name}");
    public static string DeleteText => Say("This cannot be undone. Erased will be:", "Det går inte att ångra. Det här raderas:");
    public static string DeleteRecords(long count) => Say($"{Count(count, ("record", "records"), ("", ""))} of the store", $"{Count(count, ("", ""), ("post", "poster"))} från butiken");
    public static string DeleteRest => Say("the saved sign-in, all schedules, the history of runs, and what is in quarantine", "den sparade inloggningen, alla scheman, körningarnas historik och det som ligger i karantän");
    public static string DeleteStore => Say("The store itself is not touched.", "Själva butiken påverkas inte.");
    public static string DeleteName(string name) => Say($"Type {name} to delete it", $"Skriv {name} för att ta bort den");
    public static string DeleteForGood => Say("Delete for good", "Ta bort för gott");
    public static string NameDiffers => Say("This is not its name.", "Det är inte dess namn.");
}
