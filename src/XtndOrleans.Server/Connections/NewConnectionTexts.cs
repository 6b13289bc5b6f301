using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>The texts of making a connection. The labels and the places in Magento are those of the merchants' manual.</summary>
internal static class NewConnectionTexts
{
    public static string Title => Say("Create New Connection", "Skapa ny anslutning");
    public static string ExternalSystem => Say("External System", "Externt system");
    public static string ExternalSystemHelp => Say("Select name of sales channel, e.g. Magento.", "Välj försäljningskanal, t.ex. Magento.");
    public static string Name => Say("Name", "Namn");
    public static string NameHelp => Say("What you call this store. Left empty: its address.", "Vad du kallar butiken. Lämnas det tomt används adressen.");
    public static string TimeZone => Say("Time zone", "Tidszon");
    public static string TimeZoneHelp => Say("Such as Europe/Stockholm. Left empty: the store's own.", "Till exempel Europe/Stockholm. Lämnas det tomt används butikens egen.");
    public static string More => Say("More", "Mer");
    public static string PasswordSignIn => Say("User name and password", "Användarnamn och lösenord");
    public static string SignInWith => Say("Sign in with", "Logga in med");
    public static string SignInWithHelp => Say("What it needs is asked for above. What you typed for another way is kept.", "Det som behövs frågas efter ovan. Det du skrev för ett annat sätt finns kvar.");
    public static string ShowSecret => Say("Show what is typed", "Visa det som skrivs");
    public static string HideSecret => Say("Hide what is typed", "Dölj det som skrivs");
    public static string Verify => Say("Verify Connection", "Verifiera anslutning");
    public static string Cancel => Say("Cancel", "Avbryt");
    public static string SaveAnyway => Say("Save without verifying", "Spara utan att verifiera");
    public static string Verifying => Say("Verifying…", "Verifierar…");
    public static string Saving => Say("It works. Saving the connection…", "Det fungerar. Sparar anslutningen…");
    public static string CureIs => Say("What to do:", "Gör så här:");
    public static string NotYet => Say("The connection does not work yet. What is wrong and what to do is above; nothing you typed is lost.", "Anslutningen fungerar inte ännu. Vad som är fel och vad du kan göra står ovan; inget du skrev har gått förlorat.");
    public static string Connected(string name) => Say($"{name} is connected", $"{name} är ansluten");
    public static string SavedUnverified(string name) => Say($"{name} is saved, not verified", $"{name} är sparad men inte verifierad");
    public static string NextStep => Say("By default, schedule for synchronization is inactive. Set the schedules active now, or look at the connection first.", "Från början är synkroniseringsschemat inaktivt. Aktivera scheman nu, eller titta på anslutningen först.");
    public static string Partly => Say("Some records cannot be read yet; the rest works. Once the role may read them, they come with the next run.", "En del poster kan inte läsas ännu; resten fungerar. När rollen får läsa dem kommer de med nästa körning.");
    public static string NextStepUnverified => Say("Verify it on its own page when the store answers.", "Verifiera den på dess egen sida när butiken svarar.");
    public static string Activate => Say("Set schedules active", "Aktivera scheman");
    public static string ToConnection => Say("Go to the connection", "Gå till anslutningen");
    public static string Activated => Say("The schedules are active.", "Schemana är aktiva.");

    public static string GuideTitle => Say("Where do I find these?", "Var hittar jag uppgifterna?");
    public static string GuideIntro => Say("Use a user of its own for XTND Backend, not your own account.", "Använd en egen användare för XTND Backend, inte ditt eget konto.");
    public static string GuideUser => Say("1. Create New User", "1. Skapa en ny användare");
    public static string GuideMenu => Say("On the Admin menu, select", "Välj i adminmenyn");
    public static string GuideMenuEnd => Say(", and click", ", och klicka på");
    public static string GuideFields => Say("Enter a User Name (it is the Access token here), an e-mail address that no other account has, and a Password (it is the Secret here). Select This Account is to 'Active'.", "Ange ett User Name (det är Åtkomsttoken här), en e-postadress som inget annat konto har och ett Password (det är Hemlighet här). Sätt This Account is till 'Active'.");
    public static string GuideRole => Say("2. Assign the Role", "2. Tilldela rollen");
    public static string GuideRoleText => Say("In the panel on the left, click", "Klicka i panelen till vänster på");
    public static string GuideRoleEnd => Say(", select", ", välj");
    public static string GuideSave => Say(", and click Save User. A role that may only read is enough.", ", och klicka på Save User. Det räcker med en roll som bara får läsa.");

    public static string GuideIntegration => Say("1. Add New Integration", "1. Lägg till en integration");
    public static string GuideIntegrationFields => Say("Enter a Name, and your own password under Current User Identity Verification. On the tab API choose what it may read: All, or Catalog, Sales, Customers and Stores > Inventory.", "Ange ett Name, och ditt eget lösenord under Current User Identity Verification. Välj på fliken API vad den får läsa: All, eller Catalog, Sales, Customers och Stores > Inventory.");
    public static string GuideActivate => Say("2. Activate it", "2. Aktivera den");
    public static string GuideActivateText => Say("Click Save and Activate, then Allow. The four values are shown; copy each into its field here.", "Klicka på Save and Activate och sedan på Allow. De fyra värdena visas; kopiera vart och ett till sitt fält här.");

    /// <summary>What a way to sign in is called.</summary>
    public static string SignInLabel(string system, string english) => Say(english, (system, english) switch
    {
        ("magento", "User with a second factor") => "Användare med en andra faktor",
        ("magento", "Integration, access token alone") => "Integration, bara access token",
        _ => english,
    });

    /// <summary>A step of a verify.</summary>
    public static string Step(string step) => step switch
    {
        "reach" => Say("Reach the store", "Nå butiken"),
        "token" => Say("Sign in", "Logga in"),
        "permissions" => Say("Read the records", "Läsa posterna"),
        "store" => Say("Know the store", "Känna igen butiken"),
        _ => step,
    };
}
