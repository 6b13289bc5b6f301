using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Pages.Shared;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Syncs;

/// <summary>The texts of what a store could not deliver.</summary>
internal static class QuarantineTexts
{
    public static string Title => Say("Quarantine", "Karantän");
    public static string What => Say(
        "Single records that the store could not deliver, or that could not be read. Everything else is here. Each run tries them again; they resolve by themselves once the store delivers them.",
        "Enstaka poster som butiken inte kunde leverera eller som inte gick att läsa. Allt annat finns här. Varje körning försöker igen; de löser sig själva så snart butiken levererar dem.");

    public static string Nothing => Say("Nothing is in quarantine", "Inget är i karantän");
    public static string NothingText => Say("The store has delivered every record that was asked for.", "Butiken har levererat varje post som den blev tillfrågad om.");
    public static string NoMatch => Say("No record of this kind was set aside.", "Ingen post av det slaget har lagts åt sidan.");
    public static string ShowOpen => Say("Show the open ones", "Visa de öppna");
    public static string State => Say("State", "Läge");
    public static string Open => Say("Open", "Öppna");
    public static string Resolved => Say("Resolved", "Lösta");
    public static string Both => Say("Open and resolved", "Öppna och lösta");
    public static string TryAgain => Say("Try again now", "Försök igen nu");
    public static string Reply => Say("What the store said", "Vad butiken sade");
    public static string All => Say("All of the quarantine", "Hela karantänen");
    public static string TryAgainFor(string entity) => $"{TryAgain}: {StateTexts.Entity(entity)}";
    public static string FirstSeen(string time) => Say($"first failed {time}", $"felade först {time}");
    public static string LastTried(string time) => Say($"last tried {time}", $"senast försökt {time}");
    public static string ReadAt(string time) => Say($"resolved {time}", $"löst {time}");
    public static string Attempts(int count) => Count(count, ("try in vain", "tries in vain"), ("förgäves försök", "förgäves försök"));

    /// <summary>Why a record could not be had.</summary>
    public static string Reason(QuarantineView one) => RunTroubleTexts.Message(one.Code, one.Reason);

    /// <summary>Order 17.</summary>
    public static string Name(QuarantineView one) => $"{StateTexts.EntityTitle(one.Entity)} {one.ExternalId}";
}
