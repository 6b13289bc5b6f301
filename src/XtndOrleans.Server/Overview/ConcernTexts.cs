using XtndOrleans.Engine.Overview;
using XtndOrleans.Server.Pages.Language;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Overview;

/// <summary>What a person is needed for, and what to do, in words.</summary>
internal static class ConcernTexts
{
    public static string Title => Say("Needs a person", "Behöver en människa");
    public static string NothingTitle => Say("Nothing needs you", "Inget behöver dig");
    public static string Nothing => Say("Runs that fail, stores that refuse and counts that differ would stand here.", "Här skulle körningar som misslyckas, butiker som nekar och antal som avviker stå.");
    public static string SeeConnection => Say("See the connection", "Visa anslutningen");
    public static string AllConnections => Say("See all connections", "Visa alla anslutningar");

    public static string More(long count) => Say($"And {count:N0} more.", $"Och {count:N0} till.");

    public static string What(Concern concern) => concern.Kind switch
    {
        ConcernKind.Failing => Say("The store refuses us", "Butiken nekar oss"),
        ConcernKind.DeletionsSuspected => Say("Much is gone from the store at once", "Mycket är borta från butiken på en gång"),
        ConcernKind.RunFailed => Say("The last run failed", "Den senaste körningen misslyckades"),
        ConcernKind.Overdue => Count(concern.Count, ("run is due and has not begun", "runs are due and have not begun"), ("körning skulle ha börjat men har inte gjort det", "körningar skulle ha börjat men har inte gjort det")),
        ConcernKind.Stale => Say("Not as fresh as its schedule asks for", "Inte så aktuellt som schemat kräver"),
        ConcernKind.Differs when concern.Count >= 0 => Say($"The store counts {concern.Count:N0} more than are here", $"Butiken räknar {concern.Count:N0} fler än vad som finns här"),
        ConcernKind.Differs => Say($"The store counts {-concern.Count:N0} fewer than are here", $"Butiken räknar {-concern.Count:N0} färre än vad som finns här"),
        ConcernKind.Quarantined => Count(concern.Count, ("record was set aside", "records were set aside"), ("post lades åt sidan", "poster lades åt sidan")),
        ConcernKind.Unverified => Say("Not verified yet", "Inte verifierad ännu"),
        ConcernKind.NothingScheduled => Say("Nothing is synchronized yet", "Inget synkroniseras ännu"),
        _ => Say("Paused", "Pausad"),
    };

    /// <summary>Why, as the store or the run said it.</summary>
    public static string? Why(Concern concern) => concern.Reason is { } reason ? ProblemTexts.Of(concern.Code, reason) : null;

    public static string Cure(Concern concern) => concern.Kind switch
    {
        ConcernKind.Failing => Say("Verify it to see step by step what is refused, or give new credentials.", "Verifiera den för att steg för steg se vad som nekas, eller ange nya inloggningsuppgifter."),
        ConcernKind.DeletionsSuspected => Say("Nothing was deleted here. If the store is right, confirm it and run again.", "Inget har tagits bort här. Om butiken har rätt: bekräfta det och kör igen."),
        ConcernKind.RunFailed => OfRun(concern),
        ConcernKind.Overdue => Say("They begin by themselves as soon as there is room. If this stays, tell whoever runs this service.", "De börjar av sig själva så snart det finns plats. Om det består: säg till den som driver tjänsten."),
        ConcernKind.Stale => Say("The last runs say why: each tells what it waited for or why it was left out.", "De senaste körningarna säger varför: var och en berättar vad den väntade på eller varför den uteblev."),
        ConcernKind.Differs => Say("The next full read looks for the difference. Start one now to know at once.", "Nästa fullständiga läsning söker efter skillnaden. Starta en nu för att veta direkt."),
        ConcernKind.Quarantined => Say("The store could not deliver them. Each run tries again; see what the store said.", "Butiken kunde inte lämna ut dem. Varje körning försöker igen; se vad butiken svarade."),
        ConcernKind.Unverified => Say("Verify it, and its records can be read.", "Verifiera den, så kan dess poster läsas."),
        ConcernKind.NothingScheduled => Say("Activate a schedule, or run an entity once.", "Aktivera ett schema, eller kör en gång för hand."),
        _ => Say("Nothing is read until somebody resumes it.", "Inget läses förrän någon återupptar den."),
    };

    /// <summary>What is behind a concern's link: where it can be looked at, and by an operator cured.</summary>
    public static string Do(ConcernKind kind, bool mayAct) => kind switch
    {
        ConcernKind.RunFailed => Say("See the run", "Visa körningen"),
        ConcernKind.Stale => Say("See the runs", "Visa körningarna"),
        ConcernKind.Quarantined => Say("See the records", "Visa posterna"),
        ConcernKind.DeletionsSuspected when !mayAct => Say("See the run", "Visa körningen"),
        ConcernKind.Overdue => SeeConnection,
        _ when !mayAct => SeeConnection,
        ConcernKind.Failing => Say("Open to verify or edit", "Öppna för att verifiera eller ändra"),
        ConcernKind.DeletionsSuspected => Say("Open to confirm", "Öppna för att bekräfta"),
        ConcernKind.Differs => Say("Open to run a full read", "Öppna för att läsa allt"),
        ConcernKind.Unverified => Say("Open to verify", "Öppna för att verifiera"),
        ConcernKind.NothingScheduled => Say("Open to set schedules", "Öppna för att aktivera scheman"),
        _ => Say("Open to resume", "Öppna för att återuppta"),
    };

    // The runs' cures are English, as the API's; where its code is known the Swedish one says the same in short.
    static string OfRun(Concern concern) => concern.Code switch
    {
        "credentials_rejected" or "two_factor_required" or "two_factor_not_configured" =>
            Say(concern.Cure ?? "Give new credentials.", "Ange nya inloggningsuppgifter och verifiera anslutningen."),
        "permission_missing" => Say(concern.Cure ?? "Give the user's role the right.", "Ge användarens roll rättigheten i butiken och kör igen."),
        "timeout" or "unreachable" or "store_error" or "maintenance" or "rate_limited" =>
            Say(concern.Cure ?? "The next run tries again.", "Nästa körning försöker igen. Om det upprepas: kontrollera butiken."),
        _ => concern.Cure ?? Say("The next run tries again; its page says what happened.", "Nästa körning försöker igen; dess sida säger vad som hände."),
    };
}
