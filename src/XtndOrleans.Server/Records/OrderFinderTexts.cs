using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Records;

/// <summary>The texts of "Where is my order…?".</summary>
internal static class OrderFinderTexts
{
    public static string Title(string number) => Say($"Where is order {number}?", $"Var är order {number}?");
    public static string Several(int count) => Say($"{count:N0} orders fit. Which one do you mean?", $"{count:N0} order passar. Vilken menar du?");
    public static string Many(int count) => Say($"The {count:N0} newest orders whose number begins like this. Type more of it to see fewer.", $"De {count:N0} senaste ordrarna vars nummer börjar så. Skriv mer av numret för att se färre.");
    public static string NoneTitle(string number) => Say($"No order {number} is here", $"Här finns ingen order {number}");
    public static string None => Say("We looked for this number, with and without zeros before it, and for numbers that begin with it. Check it letter by letter, or ask the store: the order may be newer than the last read.", "Vi letade efter numret, med och utan nollor före, och efter nummer som börjar så. Kontrollera det tecken för tecken, eller fråga butiken: ordern kan vara nyare än den senaste läsningen.");
    public static string NoStores => Say("No store is connected yet, so there is no order to find.", "Ingen butik är ansluten ännu, så det finns ingen order att hitta.");
    public static string Looked => Say("Where we looked", "Var vi letade");
    public static string LookedMore(long total, int shown) => total - shown == 1
        ? Say("and in 1 more store", "och i 1 butik till")
        : Say($"and in {total - shown:N0} more stores", $"och i {total - shown:N0} butiker till");
    public static string Fresh => Say("orders read", "order lästa");
    public static string NeverRead => Say("orders never read", "order aldrig lästa");
    public static string AskStore => Say("Ask the store now", "Fråga butiken nu");
    public static string Asking => Say("Reading the newest orders…", "Läser de senaste ordrarna…");
    public static string AskFailed => Say("The read did not succeed. The run says why.", "Läsningen lyckades inte. Körningen säger varför.");
    public static string ToRun => Say("To the run", "Till körningen");
    public static string StillNone => Say("The newest orders have been read; this number is not among them.", "De senaste ordrarna är lästa; numret finns inte bland dem.");
    public static string NotReady => Say("Verify or resume the connection to read its orders.", "Verifiera eller återuppta anslutningen för att läsa dess order.");
}
