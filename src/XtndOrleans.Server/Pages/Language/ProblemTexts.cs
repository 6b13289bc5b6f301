using XtndOrleans.Engine;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Problems;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Pages.Language;

/// <summary>
/// What went wrong, in the reader's language. The services speak English, as the API does; the Swedish words are found by the problem's stable code. A code
/// without Swedish words is shown in English rather than not at all.
/// </summary>
internal static class ProblemTexts
{
    /// <summary>The words for whatever was thrown.</summary>
    public static string Of(Exception failure) => failure switch
    {
        ProblemException { Kind: ProblemKind.Refused } refusal => OfRefusal(refusal),
        ProblemException problem => Of(problem.Code, problem.Detail),
        _ => OfAnother(failure),
    };

    static string OfAnother(Exception failure) => ProblemMapping.From(failure).Status switch
    {
        503 => Say("The service is starting, moving or busy. Try again in a few seconds.", "Tjänsten startar, flyttas eller är upptagen. Försök igen om några sekunder."),
        _ => Say("Something went wrong on our side. Nothing you did needs to change; try again.", "Något gick fel hos oss. Du behöver inte ändra något; försök igen."),
    };

    /// <summary>The words for a code.</summary>
    /// <param name="code">The problem's code, or that of a verify's step.</param>
    /// <param name="english">What the service says.</param>
    public static string Of(string? code, string english) => IsSwedish && code is not null && Swedish(code) is { } swedish ? swedish : english;

    // Its detail says what is wrong and what to do. In Swedish both are found by its code.
    static string OfRefusal(ProblemException refusal) => Say(
        Cures.English(refusal.Detail),
        Swedish(refusal.Code) is not { } what ? refusal.Detail : Cures.Swedish(refusal.Code, refusal.Detail) is var cure && cure == refusal.Detail ? what : $"{what} {cure}");

    static string? Swedish(string code) => code switch
    {
        "forbidden" => "Din roll tillåter inte det här. Logga in med en nyckel som har en högre roll.",
        "not_found" => "Det finns inte längre. Kanske har någon tagit bort det.",
        "stale" => "Någon annan har ändrat det här under tiden. Ladda om sidan och gör om din ändring.",
        "invalid_input" => "Rätta fälten som är markerade.",
        "connection_not_ready" => "Anslutningen är inte verifierad eller är pausad. Verifiera eller återuppta den först.",
        "egress_forbidden" => "Adressen ligger på ett nät som servern inte får nå.",
        "unreachable" => "Butiken kunde inte nås: namnet finns inte, eller så svarar ingen där.",
        "tls_failed" => "Den krypterade anslutningen till butiken misslyckades. Kontrollera butikens certifikat.",
        "not_a_magento_api" => "Där svarar något, men det är inte Magentos API.",
        "credentials_rejected" => "Butiken nekade inloggningen: fel användarnamn eller lösenord, eller så är användaren avstängd eller låst.",
        "two_factor_required" => "Butiken kräver en andra faktor av den här användaren.",
        "two_factor_not_configured" => "Användaren måste först ställa in sin andra faktor i butiken.",
        "two_factor_rejected" => "Magento godtog lösenordet men nekade koden för den andra faktorn.",
        "request_refused" => "Butiken nekade förfrågan.",
        "permission_missing" => "Användarens roll saknar rättigheter.",
        "maintenance" => "Butiken är i underhållsläge.",
        "blocked_by_firewall" => "En brandvägg framför butiken stoppade oss.",
        "timeout" => "Butiken svarade inte i tid.",
        "rate_limited" => "Butiken ber oss vänta: för många förfrågningar.",
        "store_error" => "Butiken svarade med ett eget fel.",
        "malformed_answer" => "Butikens svar gick inte att läsa.",
        "redirected" => "Butiken skickar vidare till en annan adress. Skriv den adressen i stället.",
        "temporarily_unavailable" => "Tjänsten startar, flyttas eller är upptagen. Försök igen om några sekunder.",
        _ => null,
    };
}
