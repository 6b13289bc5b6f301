using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>
/// The texts of a connection's fields. English is the connector's own; Swedish is found by the field's stable name. Magento's menus and the names of its values
/// stay as its English administration shows them.
/// </summary>
internal static class FieldTexts
{
    /// <summary>What is said of a field that is needed and empty, as the engine says it.</summary>
    public const string Missing = "This must not be empty.";

    /// <summary>What the cure and the help of an access token that is sent alone name.</summary>
    public const string Bearer = "enable_integration_as_bearer";

    /// <summary>A field's label.</summary>
    public static string Label(string field, string english) => Say(english, (field, english) switch
    {
        ("accessToken", "User name") => "Användarnamn",
        ("accessToken", _) => "Åtkomsttoken",
        ("apiUrl", _) => "API-URL",
        ("secret", "Password") => "Lösenord",
        ("secret", _) => "Hemlighet",
        ("auth.totpSecret", _) => "TOTP-hemlighet",
        _ => english,
    });

    /// <summary>What to type into a field.</summary>
    public static string Help(string system, string field, string english) => (system, field) switch
    {
        ("magento", "accessToken") => Say("Username of the online store user.", "Användarnamnet för användaren i webbutiken."),
        ("magento", "apiUrl") => Say("URL of your online store, e.g. http://domain.com/index.php/rest/V1", "Webbutikens adress, t.ex. http://domain.com/index.php/rest/V1"),
        ("magento", "secret") => Say("Password of the online store user. It is stored encrypted and never shown again.", "Lösenordet för användaren i webbutiken. Det lagras krypterat och visas aldrig igen."),
        ("magento", _) => Say(english, Magento(field, english)),
        _ => english,
    };

    /// <summary>What is wrong with a field.</summary>
    public static string Problem(string field, string english) => Say(english, (field, english) switch
    {
        (_, Missing) => "Det här får inte vara tomt.",
        (_, _) when english.StartsWith("Type the secret again", StringComparison.Ordinal) => "Skriv hemligheten igen: med den nya adressen skickas den till en annan server.",
        ("system", _) => "Välj ett externt system.",
        ("apiUrl", _) => Address(english),
        ("timeZone", _) => "Det är ingen tidszon. Skriv ett namn som Europe/Stockholm.",
        ("auth.totpSecret", _) => "Skriv hemligheten som visas bredvid QR-koden: bokstäver och siffrorna 2 till 7, minst 16 tecken. Det är inte koden med sex siffror.",
        (_, _) when english.Contains("longer", StringComparison.Ordinal) => "Det här är för långt.",
        (_, _) when english.Contains("control characters", StringComparison.Ordinal) => "Här finns osynliga tecken. Klistrades det in med en radbrytning?",
        (_, _) when english.Contains("one word", StringComparison.Ordinal) => "Det ska vara ett enda ord av bokstäver och siffror, så som Magento visar det.",
        (_, _) when english.Contains(Missing, StringComparison.Ordinal) => "Det här får inte vara tomt.",
        _ => english,
    });

    static string Magento(string field, string english) => field switch
    {
        "auth.totpSecret" => "Texten som Magento visar bredvid QR-koden när Google Authenticator ställs in för användaren. Är den redan inställd: återställ den under System > Permissions > All Users, användaren, 2FA.",
        "auth.consumerKey" => "Visas när integrationen aktiveras: System > Extensions > Integrations.",
        "auth.consumerSecret" => "Visas bredvid Consumer key.",
        "auth.accessToken" when english.Contains(Bearer, StringComparison.Ordinal) =>
            "Access token för en aktiv integration: System > Extensions > Integrations. Sedan 2.4.4 måste butiken tillåta det: Stores > Configuration > Services > OAuth > Consumer Settings, eller bin/magento config:set oauth/consumer/enable_integration_as_bearer 1.",
        "auth.accessToken" => "Access token för en aktiv integration: System > Extensions > Integrations.",
        "auth.accessTokenSecret" => "Visas bredvid Access token.",
        _ => english,
    };

    static string Address(string english) => english switch
    {
        _ when english.Contains("may not connect to", StringComparison.Ordinal) => "Adressen ligger på ett nät som servern inte får nå. Använd butikens publika adress.",
        _ when english.StartsWith("Take the user name", StringComparison.Ordinal) => "Ta bort användarnamn och lösenord ur adressen; de hör hemma i fälten för åtkomsttoken och hemlighet.",
        _ when english.StartsWith("Type https://", StringComparison.Ordinal) => "Skriv https:// (eller http://) framför adressen, till exempel https://shop.example/rest/V1.",
        _ when english.StartsWith("The address must begin", StringComparison.Ordinal) => "Adressen måste börja med https:// eller http://, till exempel https://shop.example/rest/V1.",
        _ when english.StartsWith("The address has a space", StringComparison.Ordinal) => "Det finns ett mellanslag eller en radbrytning i adressen. Skriv den som https://shop.example/rest/V1.",
        _ when english.StartsWith("After /rest", StringComparison.Ordinal) => "Efter /rest kommer /V1, eller en butiksvys kod och /V1: https://shop.example/rest/V1 eller https://shop.example/rest/default/V1.",
        _ when english.Contains("too long", StringComparison.Ordinal) => "Adressen är för lång.",
        _ when english.StartsWith("Port 0", StringComparison.Ordinal) => "Port 0 går inte att ansluta till.",
        _ => "Skriv adressen till butikens API, till exempel https://shop.example/rest/V1.",
    };
}
