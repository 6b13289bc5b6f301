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

    /// <summary>What a step found.</summary>
    public static string Detail(VerificationStep step) => step.Ok ? Say(step.Detail, Found(step)) : ProblemTexts.Of(step.Code, step.Detail);

    /// <summary>What to do about a step that failed.</summary>
    public static string Cure(VerificationStep step) => Say(Cures.English(step.Cure ?? ""), Cures.Swedish(step.Code, step.Cure ?? ""));

    /// <summary>What to do about records that cannot be read.</summary>
    public static string Cure(VerifiedEntity entity, bool isIntegration) => entity switch
    {
        { MissingPermission: not null, Cure: { } place } when isIntegration => Say(
            $"Tick {place} for the integration: System > Extensions > Integrations, tab API.",
            $"Kryssa i {place} för integrationen: System > Extensions > Integrations, fliken API."),
        { MissingPermission: not null, Cure: { } place } => Say(
            $"Tick {place} for the user's role: System > Permissions > User Roles, Role Resources.",
            $"Kryssa i {place} för användarens roll: System > Permissions > User Roles, Role Resources."),
        _ => Say(entity.Cure ?? "", Cures.Swedish(null, entity.Cure ?? "")),
    };

    /// <summary>What a verify of a connection came to.</summary>
    public static string Outcome(Verification report) => report switch
    {
        { Ok: false } => ConnectionPageTexts.VerifyFailed,
        _ when report.Entities.Any(entity => !entity.Ok) => NewConnectionTexts.Partly,
        _ => ConnectionPageTexts.VerifySucceeded,
    };

    static string Found(VerificationStep step) => step.Step switch
    {
        "reach" => Cures.Replace(step.Detail, (" answers at ", " svarar på "), ("The address is not https, so what you sign in with travels unprotected.", "Adressen är inte https, så det du loggar in med skickas oskyddat.")),
        "token" => "Inloggningen lyckades.",
        "permissions" => "Alla poster kan läsas.",
        "store" when step.Detail.StartsWith("Time zone", StringComparison.Ordinal) =>
            Cures.Replace(step.Detail, ("Time zone ", "Tidszon "), ("currency ", "valuta "), ("not told", "okänd")),
        "store" => "Rollen får inte se butikens inställningar (Stores > Settings > All Stores), så dess tidszon är okänd. Inget annat behöver den.",
        _ => step.Detail,
    };
}
