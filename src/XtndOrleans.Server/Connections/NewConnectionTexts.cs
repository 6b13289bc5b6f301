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
    public static string Partly => Say("Some records cannot be read yet; the rest works. Once the store gives them, they come with the next run.", "En del poster kan inte läsas ännu; resten fungerar. När butiken lämnar ut dem kommer de med nästa körning.");
    public static string NextStepUnverified => Say("Verify it on its own page when the store answers.", "Verifiera den på dess egen sida när butiken svarar.");
    public static string NextStepCutShort => Say("The store took what you typed, but saving what the verify found was cut short. Verify it once more on its own page.", "Butiken godtog uppgifterna, men verifieringen avbröts innan resultatet hann sparas. Verifiera anslutningen en gång till på dess egen sida.");
    public static string Activate => Say("Set schedules active", "Aktivera scheman");
    public static string ToConnection => Say("Go to the connection", "Gå till anslutningen");
    public static string Activated => Say("The schedules are active.", "Schemana är aktiva.");

    public static string GuideTitle => Say("Where do I find these?", "Var hittar jag uppgifterna?");
    public static string GuideIntro => Say("Use a user of its own for XTND Backend, not your own account.", "Använd en egen användare för XTND Backend, inte ditt eget konto.");
    public static string GuideUser => Say("1. Create New User", "1. Skapa en ny användare");
    public static string GuideMenu => Say("On the Admin menu, select", "Välj i adminmenyn");
    public static string GuideMenuEnd => Say(", and click", ", och klicka på");
    /// <summary>What to enter for the new user: the words before a field's name in Magento, that name, and the words after it.</summary>
    public static IReadOnlyList<(string Before, string Field, string After)> GuideFields =>
    [
        (Enter, "User Name", Say(" for the account. It should be easy to remember. It is the Access token here.", " för kontot. Det ska vara lätt att komma ihåg. Det är Åtkomsttoken här.")),
        (Enter, "First Name, Last Name", "."),
        (Enter, "Email Address", Say(". It must be different from the one of your own account.", ". Den måste vara en annan än ditt eget kontos.")),
        (Enter, "Password", Say(". It is the Secret here.", ". Det är Hemlighet här.")),
        (Say("Set", "Sätt"), "This Account is", Say(" to 'Active'.", " till 'Active'.")),
        (Say("Enter your own password as", "Ange ditt eget lösenord som"), "Password of Current User", Say(". Magento does not save the user without it.", ". Utan det sparar Magento inte användaren.")),
    ];

    public static string GuideRole => Say("2. Assign the Role", "2. Tilldela rollen");
    public static string GuideRoleText => Say("In the User information panel on the left, click", "Klicka i panelen User Information till vänster på");
    public static string GuideRoleList => Say(". A list of roles appears.", ". En lista med roller visas.");
    public static string GuideRoleSelect => Say("Select", "Välj");
    public static string GuideRoleEnd => Say(". Initially it is the only role; one that may only read is enough.", ". Från början är det den enda rollen; en som bara får läsa räcker.");
    public static string GuideSave => Say("When complete, click", "Klicka till sist på");

    public static string GuideIntegration => Say("1. Add New Integration", "1. Lägg till en integration");
    public static string GuideIntegrationFields => Say("Enter a Name, and your own password under Current User Identity Verification. On the tab API choose what it may read: All, or Catalog, Sales, Customers and Stores > Inventory.", "Ange ett Name, och ditt eget lösenord under Current User Identity Verification. Välj på fliken API vad den får läsa: All, eller Catalog, Sales, Customers och Stores > Inventory.");
    public static string GuideActivate => Say("2. Activate it", "2. Aktivera den");
    public static string GuideActivateText => Say("Click Save and Activate, then Allow. The four values are shown; copy each into its field here.", "Klicka på Save and Activate och sedan på Allow. De fyra värdena visas; kopiera vart och ett till sitt fält här.");

    static string Enter => Say("Enter", "Ange");

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
