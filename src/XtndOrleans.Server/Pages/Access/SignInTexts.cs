using XtndOrleans.Server.Pages.Shell;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Pages.Access;

/// <summary>The texts of signing in.</summary>
internal static class SignInTexts
{
    public static string Title => Say("Sign in", "Logga in");
    public static string SignIn => Say("Sign in", "Logga in");
    public static string Key => Say("API key", "API-nyckel");
    public static string KeyHelp => Say("It begins with xtnd_. An owner of your account makes them; ./run.sh prints the first one.", "Den börjar med xtnd_. En ägare av ert konto skapar dem; ./run.sh skriver ut den första.");
    public static string OrWithKey => Say("or with an API key", "eller med en API-nyckel");
    public static string With(string provider) => Say($"Sign in with {provider}", $"Logga in med {provider}");
    public static string KeyRefused => Say("This key is not known, or it has been ended. Check that all of it was copied.", "Nyckeln är okänd eller avslutad. Kontrollera att hela kom med när du kopierade.");
    public static string LinkRefused => Say("This link has been used, is too old or has been ended. Sign in with an API key, or have a new link made.", "Länken är redan använd, för gammal eller avslutad. Logga in med en API-nyckel eller be om en ny länk.");
    public static string LinkLeads(string tenant, string role) => Say($"This link signs you in to {tenant} as {Lower(role)}.", $"Länken loggar in dig hos {tenant} som {Lower(role)}.");
    public static string LinkReplaces(string who) => Say($"You are signed in now as {who}. Signing in here ends that.", $"Just nu är du inloggad som {who}. Loggar du in här avslutas den inloggningen.");
    public static string SignedInAlready(string who) => Say($"You are signed in as {who}.", $"Du är inloggad som {who}.");
    public static string Stay => Say("Stay as I am", "Fortsätt som nu");
    public static string TooMany => Say("Too many attempts. Wait a minute, then try again.", "För många försök. Vänta en minut och försök sedan igen.");
    public static string NeedsHttps => Say("This address is not https, so a browser will not keep you signed in. Open the page with https, or on this machine as localhost.", "Adressen är inte https, så webbläsaren kommer inte att hålla dig inloggad. Öppna sidan med https, eller som localhost på den här datorn.");

    /// <summary>A role, and the tenant that it is in; a platform's has none.</summary>
    public static string Who(string role, string? tenant) => tenant is null ? Lower(role) : Say($"{Lower(role)} in {tenant}", $"{Lower(role)} hos {tenant}");

    public static string Problem(string code) => code is "oidc_unknown"
        ? Say("You are signed in there, but nothing says which account and role you have here. Ask whoever runs the service.", "Du är inloggad där, men inget säger vilket konto och vilken roll du har här. Fråga den som driver tjänsten.")
        : Say("Signing in there did not succeed. Try again.", "Inloggningen där lyckades inte. Försök igen.");

    static string Lower(string role) => ShellTexts.RoleName(role).ToLowerInvariant();
}
