using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Connections;

/// <summary>The texts of changing a connection.</summary>
internal static class EditTexts
{
    public static string Title => Say("Edit connection", "Redigera anslutning");
    public static string Text => Say("A new address or sign-in is tried against the store before it replaces the old one. If the store refuses it, the old one stays and keeps working.", "En ny adress eller inloggning provas mot butiken innan den ersätter den gamla. Nekar butiken den behålls den gamla och fortsätter fungera.");
    public static string SecretHelp => Say("Leave it empty to keep the saved one.", "Lämna tomt för att behålla den sparade.");
    public static string SignInWith => Say("Sign in with", "Logga in med");
    public static string AsItIs => Say("As it is now", "Som nu");
    public static string Save => Say("Save", "Spara");
    public static string Proving => Say("Trying it…", "Provar…");
    public static string Cancel => Say("Cancel", "Avbryt");
    public static string Saved(string name) => Say($"{name} is saved.", $"{name} är sparad.");
    public static string OldKept => Say("Nothing was changed. The old sign-in is still there and keeps working; what you typed is still here.", "Inget ändrades. Den gamla inloggningen finns kvar och fortsätter fungera; det du skrev finns också kvar.");
    public static string Newer => Say("Somebody changed this connection meanwhile. What you typed is still here; save once more to replace theirs.", "Någon annan har ändrat anslutningen under tiden. Det du skrev finns kvar; spara igen för att ersätta deras.");
}
