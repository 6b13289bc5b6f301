using XtndOrleans.Connectors;
using XtndOrleans.Server.Pages.Language;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>What a verify found, in words.</summary>
internal static class VerifyTexts
{
    public static string Ok => Say("Succeeded", "Lyckades");
    public static string Failed => Say("Failed", "Misslyckades");
    public static string Took(int milliseconds) => milliseconds < 1000 ? $"{milliseconds:N0} ms" : $"{milliseconds / 1000m:N1} s";
    public static string Missing(string? permission) => permission is null ? Say("cannot be read", "kan inte läsas") : Say($"cannot be read; missing: {permission}", $"kan inte läsas; saknas: {permission}");

    public static string Detail(VerificationStep step) => step.Ok ? Say(step.Detail, step.Step switch
    {
        "reach" => "Butiken svarar.",
        "token" => "Inloggningen lyckades.",
        "permissions" => "Posterna kan läsas.",
        "store" => "Butikens inställningar är kända.",
        _ => step.Detail,
    }) : ProblemTexts.Of(step.Code, step.Detail);

    public static string Cure(VerificationStep step) => Say(step.Cure ?? "", step.Code switch
    {
        FailureCodes.CredentialsRejected => "Kontrollera användarnamn och lösenord i Magentos administration under System > Permissions > All Users, och att This Account is är 'Active'.",
        FailureCodes.TwoFactorRequired or FailureCodes.TwoFactorNotConfigured => "Undanta användaren från den andra faktorn, eller stäng av Magento_TwoFactorAuth och Magento_AdminAdobeImsTwoFactorAuth.",
        FailureCodes.Unreachable => "Kontrollera stavningen av adressen och att butiken är igång.",
        FailureCodes.NotAMagentoApi => "Skriv butikens adress så som den syns i webbläsaren, eventuellt följd av /index.php/rest/V1.",
        FailureCodes.Maintenance => "Vänta tills underhållet är klart och försök igen.",
        FailureCodes.Timeout => "Försök igen om en stund. Händer det ofta är butiken för långsam.",
        FailureCodes.BlockedByFirewall => "Be den som sköter brandväggen att släppa fram serverns adress till /rest.",
        FailureCodes.TlsFailed => "Be den som sköter butiken att förnya certifikatet.",
        FailureCodes.EgressForbidden => "Använd en adress som nås från internet.",
        _ => step.Cure ?? "",
    });
}
