using System.Text.RegularExpressions;
using XtndOrleans.Connectors;

namespace XtndOrleans.Server.Connections;

/// <summary>What to do about a failure, in Swedish: by its stable code, and where one code has several cures, by what the English one is about.</summary>
internal static partial class Cures
{
    const string OrIntegration = "eller anslut med en integration (Mer > Logga in med), som inte behöver någon andra faktor";
    const string AskHost = "Be den som sköter butikens webbhotell att släppa igenom den här serverns förfrågningar till /rest.";
    const string Passes = "Försök igen om en stund. Kvarstår felet: fråga den som sköter butikens webbhotell, eller titta i Magentos loggar.";

    /// <summary>The English words, with the page's names for what the REST API calls otherwise.</summary>
    public static string English(string english) => english.Replace("(auth.totpSecret)", "(More > Sign in with)", StringComparison.Ordinal);

    /// <summary>The Swedish words; the English ones when there are none.</summary>
    /// <param name="code">The failure's.</param>
    /// <param name="english">The cure, alone or among other sentences.</param>
    public static string Swedish(string? code, string english) => code switch
    {
        FailureCodes.CredentialsRejected => Credentials(english),
        FailureCodes.TwoFactorRequired => $"Ange TOTP-hemligheten från användarens Google Authenticator (Mer > Logga in med), {OrIntegration}.",
        FailureCodes.TwoFactorNotConfigured => NotConfigured(english),
        FailureCodes.TwoFactorRejected => "Kontrollera TOTP-hemligheten: det är texten bredvid QR-koden, inte en kod med sex siffror. Stämmer den kan butikens klocka gå fel; koden byts var 30:e sekund.",
        FailureCodes.PermissionMissing => "Kryssa i det som saknas i Magentos administration: System > Permissions > User Roles, Role Resources för användarens roll; för en integration System > Extensions > Integrations, fliken API. Vad som saknas står vid varje post.",
        FailureCodes.Unreachable => english.Contains("spelling", StringComparison.Ordinal)
            ? "Kontrollera stavningen av butikens adress, och att domänen inte har löpt ut."
            : "Kontrollera butikens adress och port, och att dess server är igång. Stämmer båda kan en brandvägg stoppa oss: fråga den som sköter butikens webbhotell.",
        FailureCodes.NotAMagentoApi => NotMagento(english),
        FailureCodes.Maintenance => "Vänta tills underhållet är klart. Pågår inget underhåll: kör bin/magento maintenance:disable eller fråga den som sköter butikens webbhotell.",
        FailureCodes.Timeout => "Försök igen. Kvarstår felet: fråga den som sköter butikens webbhotell om butiken är överbelastad, eller om en brandvägg stoppar oss.",
        FailureCodes.BlockedByFirewall => AskHost,
        FailureCodes.TlsFailed =>
            "Titta på adressens certifikat i en webbläsare; den som sköter butikens webbhotell kan förnya det. Litar webbläsaren på det skickar butikens server inte med det "
            + "mellanliggande certifikatet, som webbhotellet kan lägga till. Har butiken ingen https, skriv http:// i stället.",
        FailureCodes.EgressForbidden => "Använd butikens publika adress. Den som driver den här servern kan tillåta privata nät med Xtnd:Egress:AllowPrivateAddresses.",
        FailureCodes.Redirected => RedirectedTo.Match(english) is { Success: true } to ? $"Skriv adressen som butiken skickar vidare till: {to.Groups[1].Value}." : "Skriv adressen som butiken skickar vidare till.",
        FailureCodes.RateLimited => "Du behöver inte göra något: förfrågningarna blir färre av sig själva.",
        _ => ByWords(english),
    };

    /// <summary>A text with some of its words in another language.</summary>
    public static string Replace(string text, params (string English, string Swedish)[] words) =>
        words.Aggregate(text, (all, word) => all.Replace(word.English, word.Swedish, StringComparison.Ordinal));

    static string Credentials(string english) => english switch
    {
        _ when english.Contains(FieldTexts.Bearer, StringComparison.Ordinal) =>
            "Sedan 2.4.4 godtar Magento en ensam access token först efter bin/magento config:set oauth/consumer/enable_integration_as_bearer 1. Gör det, eller ange integrationens alla fyra värden.",
        _ when english.Contains("clock", StringComparison.Ordinal) => "Butikens klocka går mer än tio minuter efter. Ställ den, och verifiera sedan anslutningen.",
        _ when english.Contains("Connect with an integration", StringComparison.Ordinal) => "Anslut med en integration: System > Extensions > Integrations i Magentos administration.",
        _ when english.Contains("integration", StringComparison.OrdinalIgnoreCase) => "Kontrollera integrationens värden i Magentos administration under System > Extensions > Integrations, och att den är aktiv.",
        _ => "Kontrollera användarnamn och lösenord i Magentos administration: System > Permissions > All Users, och Locked Users. Felaktiga försök låser en användare i en halvtimme.",
    };

    static string NotConfigured(string english) => english switch
    {
        _ when english.Contains("Take the TOTP secret out", StringComparison.Ordinal) => "Ta bort TOTP-hemligheten: butikens tvåfaktorsinloggning är avstängd. Är den inte det, kontrollera API-URL.",
        _ when english.Contains("Ask the store's administrator", StringComparison.Ordinal) => $"Be butikens administratör ställa in den (Stores > Configuration > Security > 2FA), {OrIntegration}.",
        _ => $"Logga in i Magentos administration som den här användaren, ställ in Google Authenticator och ange dess hemlighet här, {OrIntegration}. Varje försök skickar ett mejl till användaren.",
    };

    static string NotMagento(string english) => english switch
    {
        _ when BehindIt.Match(english) is { Success: true } address => $"Skriv {address.Groups[1].Value} som API-URL.",
        _ when english.Contains("store view", StringComparison.Ordinal) => "Kontrollera butiksvyns kod i adressen, eller utelämna den: https://shop.example/rest/V1. REST-sökvägar skiljer på stora och små bokstäver.",
        _ => "Skriv adressen till själva butiken, som https://shop.example/rest/V1; en butik utan omskrivning av adresser behöver https://shop.example/index.php/rest/V1.",
    };

    // Of an entity no code is told.
    static string ByWords(string english) => english switch
    {
        _ when english.StartsWith("In Magento's administration, give", StringComparison.Ordinal) => "Ge användarens roll rätt att läsa det här: System > Permissions > User Roles, Role Resources.",
        _ when english.StartsWith("Ask the store's hosting provider to let", StringComparison.Ordinal) => AskHost,
        _ when english.StartsWith("Try again", StringComparison.Ordinal) || english.StartsWith("Nothing needs to be done if it passes", StringComparison.Ordinal) => Passes,
        _ => english,
    };

    [GeneratedRegex(@"Type (\S+) as the API URL\.")]
    private static partial Regex BehindIt { get; }

    [GeneratedRegex(@"to which the store redirects: (\S+)\.(?:\s|$)")]
    private static partial Regex RedirectedTo { get; }
}
