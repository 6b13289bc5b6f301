using XtndOrleans.Connectors;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Pages.Shared;

/// <summary>The words for states and entities.</summary>
internal static class StateTexts
{
    /// <summary>A connection's status, a run's state or a slot's outcome.</summary>
    public static string Of(string state) => state switch
    {
        "unverified" => Say("Not verified", "Ej verifierad"),
        "verified" => Say("Verified", "Verifierad"),
        "failing" => Say("Failing", "Fungerar inte"),
        "paused" => Say("Paused", "Pausad"),
        "queued" => Say("Queued", "I kö"),
        "running" => Say("Running", "Pågår"),
        "succeeded" => Say("Finished", "Klar"),
        "failed" => Say("Failed", "Misslyckades"),
        "cancelled" => Say("Cancelled", "Avbruten"),
        "ran" => Say("Ran", "Kördes"),
        "late" => Say("Late", "Sen"),
        "caught_up" => Say("Caught up", "Ikapp"),
        "skipped_running" => Say("Skipped: still running", "Överhoppad: pågick redan"),
        "skipped_paused" => Say("Skipped: paused", "Överhoppad: pausad"),
        "complete" => Say("Complete", "Komplett"),
        "repairing" => Say("Repairing", "Repareras"),
        "differs" => Say("Differs", "Avviker"),
        "unchecked" => Say("Not checked yet", "Inte kontrollerad ännu"),
        "fresh" => Say("Fresh", "Aktuell"),
        "never" => Say("Never read", "Aldrig läst"),
        "off" => Say("Not scheduled", "Ej schemalagd"),
        "open" => Say("Open", "Öppen"),
        "resolved" => Say("Resolved", "Löst"),
        _ => state,
    };

    /// <summary>An entity, for many of its records.</summary>
    public static string Entity(string entity) => entity switch
    {
        Entities.Product => Say("Products", "Produkter"),
        Entities.Order => Say("Orders", "Order"),
        "invoice" => Say("Invoices", "Fakturor"),
        "shipment" => Say("Shipments", "Leveranser"),
        "accounting" => Say("Accounting", "Bokföring"),
        "customer" => Say("Customers", "Kunder"),
        "stock" => Say("Stock", "Lager"),
        _ => entity,
    };

    /// <summary>An entity, for the thing itself: the title of its schedule.</summary>
    public static string EntityTitle(string entity) => entity switch
    {
        Entities.Product => Say("Product", "Produkt"),
        Entities.Order => Say("Order", "Order"),
        "invoice" => Say("Invoice", "Faktura"),
        "shipment" => Say("Shipment", "Leverans"),
        "accounting" => Say("Accounting", "Bokföring"),
        "customer" => Say("Customer", "Kund"),
        "stock" => Say("Stock", "Lager"),
        _ => entity,
    };

    public static string Never => Say("never", "aldrig");
    public static string Inactive => Say("Inactive", "Inaktivt");
    public static string JustNow => Say("just now", "nyss");
    public static string MinutesAgo(long minutes) => Say($"{minutes:N0} min ago", $"{minutes:N0} min sedan");
    public static string HoursAgo(long hours) => Say($"{hours:N0} h ago", $"{hours:N0} tim sedan");
    public static string DaysAgo(long days) => Say(days == 1 ? "1 day ago" : $"{days:N0} days ago", days == 1 ? "1 dag sedan" : $"{days:N0} dagar sedan");
}
