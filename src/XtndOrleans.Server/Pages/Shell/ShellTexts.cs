using XtndOrleans.Engine.Tenants;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Pages.Shell;

/// <summary>The texts around the pages.</summary>
internal static class ShellTexts
{
    public static string Overview => Say("Overview", "Översikt");
    public static string Records => Say("Records", "Poster");
    public static string Settings => Say("Settings", "Inställningar");
    public static string Connectors => Say("External System Connectors", "Externa systemkopplingar");
    public static string Fleet => Say("Fleet", "Driftöversikt");
    public static string ApiReference => Say("API reference", "API-referens");
    public static string Menu => Say("Menu", "Meny");
    public static string Account => Say("Your account", "Ditt konto");
    public static string ChooseLanguage => Say("Choose language", "Välj språk");
    public static string ChooseLook => Say("Light or dark", "Ljust eller mörkt");
    public static string LookSystem => Say("As the system", "Som systemet");
    public static string LookLight => Say("Light", "Ljust");
    public static string LookDark => Say("Dark", "Mörkt");
    public static string SignOut => Say("Sign out", "Logga ut");
    public static string SkipToContent => Say("Skip to the content", "Hoppa till innehållet");
    public static string ToFrontPage => Say("To the front page", "Till startsidan");
    public static string Reload => Say("Reload", "Ladda om");
    public static string TryAgain => Say("Try again", "Försök igen");
    public static string Reconnecting => Say("The connection to the server was lost. Connecting again…", "Anslutningen till servern bröts. Ansluter igen…");
    public static string ReconnectFailed => Say("The server cannot be reached.", "Servern kan inte nås.");
    public static string PageBroke => Say("Something went wrong on this page.", "Något gick fel på den här sidan.");
    public static string NotFoundTitle => Say("There is no such page", "Sidan finns inte");
    public static string NotFound => Say("The address may be mistyped, or what it named has been deleted.", "Adressen kan vara felskriven, eller så är det den pekade på borttaget.");
    public static string NotAllowedTitle => Say("This is not for your role", "Din roll räcker inte hit");
    public static string NotAllowed => Say("Sign in with a key that has a higher role, or go back to the front page.", "Logga in med en nyckel som har en högre roll, eller gå tillbaka till startsidan.");
    public static string BadRequestTitle => Say("The form has grown old", "Formuläret har blivit för gammalt");
    public static string BadRequest => Say("Open the page again and repeat what you did.", "Öppna sidan igen och gör om det du gjorde.");
    public static string BrokeTitle => Say("Something went wrong on our side", "Något gick fel hos oss");
    public static string Broke => Say("Nothing of what you did needs to change. Try again in a moment.", "Du behöver inte ändra något. Försök igen om en stund.");

    public static string AwayTitle => Say("The service is not available right now", "Tjänsten är inte tillgänglig just nu");
    public static string Away => Say("It is starting, moving or waiting for its database. What was saved is safe. This page tries again by itself every few seconds.", "Den startar, flyttas eller väntar på sin databas. Det som har sparats finns kvar. Sidan försöker igen av sig själv om några sekunder.");
    public static string AwayForm => Say("It is starting, moving or waiting for its database. What you sent was perhaps not received. Go back and try again in a moment.", "Den startar, flyttas eller väntar på sin databas. Det du skickade har kanske inte kommit fram. Gå tillbaka och försök igen om en stund.");
    public static string RequestNumber(string number) => Say($"For whoever runs the service: request {number}", $"Till den som driver tjänsten: förfrågan {number}");

    public static string RoleName(string? role) => role switch
    {
        Roles.Platform => Say("Platform", "Plattform"),
        Roles.Owner => Say("Owner", "Ägare"),
        Roles.Operator => Say("Operator", "Operatör"),
        Roles.Viewer => Say("Viewer", "Läsare"),
        _ => "",
    };
}
