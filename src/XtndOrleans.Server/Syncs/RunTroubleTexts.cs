using System.Text.RegularExpressions;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Pages.Language;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Syncs;

/// <summary>Why a run waits or failed, and what to do. The engine speaks English; the Swedish words are found by the stable code.</summary>
internal static partial class RunTroubleTexts
{
    public static string Waits(RunWaiting waiting) => Message(waiting.Code, waiting.Reason);

    public static string Message(string code, string english) => Say(english, Swedish(code, english) ?? ProblemTexts.Of(code, english));

    public static string? Cure(RunError error) => error.Cure is { Length: > 0 } english
        ? Say(error.Code is MassDeletion ? ConfirmOnPage : english, SwedishCure(error.Code) ?? english)
        : null;

    /// <summary>Much was gone from the store at once: a person decides.</summary>
    public const string MassDeletion = "mass_deletion_suspected";

    // The engine's own words are for those who use the API.
    const string ConfirmOnPage =
        "See whether the store shows its whole catalogue to this user. If the records are really gone, confirm the deletions on the connection's page.";

    static string? Swedish(string code, string english) => code switch
    {
        FailureCodes.PermissionMissing when Right().Match(english) is { Success: true } right => $"Användaren får inte läsa detta: {right.Value} saknas.",
        "busy" => "Andra förfrågningar till butiken pågår.",
        "signing_in" => "Butiken tar tid på sig att logga in oss.",
        "circuit_open" => "Butiken har felat flera gånger i rad och får vara i fred en stund.",
        "database_unavailable" => "Databasen eller klustret svarar inte.",
        "internal_error" => "Körningen stötte på ett fel hos oss; det finns i loggen.",
        MassDeletion => "Butiken visar plötsligt mycket färre poster än förut. Det är för mycket för att tro på, så inget togs bort.",
        "connection_paused" => "Anslutningen är pausad.",
        "connection_deleted" => "Anslutningen är borttagen.",
        FailureCodes.RateLimited => "Butiken bad oss vänta.",
        FailureCodes.Maintenance => "Butiken är i underhållsläge eller överbelastad (503).",
        FailureCodes.AnswerTooLarge => "Butikens svar är för stort.",
        FailureCodes.TwoFactorRejected => "Butiken godtog inte koden för den andra faktorn.",
        FailureCodes.Unauthorized => "Butiken godtar inte inloggningen för detta.",
        FailureCodes.SignatureUsed => "Butiken säger att den redan har sett den här signerade förfrågan.",
        FailureCodes.PageSizeRefused => "Butiken tillåter inte så många poster per sida.",
        FailureCodes.RequestRefused => "Butiken nekade förfrågan.",
        _ => null,
    };

    static string? SwedishCure(string code) => code switch
    {
        "internal_error" => "Kör igen. Misslyckas det igen, skicka oss körningens id.",
        MassDeletion => "Se efter i butiken. Är det rätt, bekräfta borttagningarna på anslutningens sida.",
        "connection_paused" => "Återuppta anslutningen och kör sedan igen.",
        "circuit_open" or FailureCodes.StoreError or FailureCodes.Maintenance or FailureCodes.Timeout or FailureCodes.Unreachable =>
            "Kontrollera att butiken är igång och inte överbelastad. Nästa körning enligt schemat försöker igen.",
        FailureCodes.RateLimited => "Du behöver inte göra något: förfrågningarna blir färre av sig själva.",
        FailureCodes.MalformedAnswer or FailureCodes.AnswerTooLarge => "Händer det igen, be den som sköter butiken att se i dess logg.",
        FailureCodes.CredentialsRejected => "Kontrollera användarnamn och lösenord och byt uppgifterna på anslutningens sida.",
        FailureCodes.TwoFactorRequired or FailureCodes.TwoFactorNotConfigured or FailureCodes.TwoFactorRejected =>
            "Ge anslutningen den andra faktorns hemlighet, eller undanta användaren från den.",
        FailureCodes.PermissionMissing or FailureCodes.Unauthorized => "Ge användarens roll de rättigheter som saknas. Verifiera sedan anslutningen.",
        FailureCodes.BlockedByFirewall => "Be den som sköter brandväggen att släppa fram serverns adress till /rest.",
        FailureCodes.TlsFailed => "Be den som sköter butiken att förnya certifikatet, eller att skicka med hela kedjan.",
        FailureCodes.EgressForbidden => "Använd en adress som nås från internet.",
        FailureCodes.NotAMagentoApi or FailureCodes.Redirected or FailureCodes.RequestRefused => "Kontrollera butikens adress på anslutningens sida.",
        _ => null,
    };

    // A right as Magento names it: Magento_Sales::shipment.
    [GeneratedRegex(@"\w+::\w+")]
    private static partial Regex Right();
}
