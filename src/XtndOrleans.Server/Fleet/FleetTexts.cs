using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Fleet;

/// <summary>The texts of the platform's page.</summary>
internal static class FleetTexts
{
    public static string Title => Say("Fleet", "Driftöversikt");
    public static string NothingTitle => Say("There are no tenants yet", "Det finns inga kunder ännu");
    public static string Nothing => Say("Tenants are made with the REST API: POST /api/v1/tenants.", "Kunder skapas med REST-API:et: POST /api/v1/tenants.");
}
