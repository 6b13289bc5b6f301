using XtndOrleans.Connectors;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Records;

/// <summary>The texts of the page of one record.</summary>
internal static class RecordPageTexts
{
    public static string Refresh => Say("Refresh from the store now", "Uppdatera från butiken nu");
    public static string Refreshing => Say("Asking the store…", "Frågar butiken…");
    public static string Unchanged => Say("The store has it exactly as it is here.", "Butiken har den precis som den är här.");
    public static string Returned => Say("The store has it again. It is held anew.", "Butiken har den igen. Den finns här på nytt.");
    public static string Gone => Say("The store has it no longer. It is kept here as deleted.", "Butiken har den inte längre. Den finns kvar här som borttagen.");
    public static string StillGone => Say("The store has it no longer.", "Butiken har den inte längre.");
    public static string Differed(int count) => Say(count == 1 ? "One field differed and is up to date now:" : $"{count:N0} fields differed and are up to date now:", count == 1 ? "Ett fält skilde sig och är nu aktuellt:" : $"{count:N0} fält skilde sig och är nu aktuella:");
    public static string DeletedAt => Say("The store has this no longer. Found gone:", "Butiken har inte kvar den här. Upptäcktes borttagen:");

    public static string Lines => Say("Lines", "Rader");
    public static string Totals => Say("Totals", "Summor");
    public static string Details => Say("Details", "Uppgifter");
    public static string Addresses => Say("Addresses", "Adresser");
    public static string BillingAddress => Say("Billing address", "Faktureringsadress");
    public static string ShippingAddress => Say("Shipping address", "Leveransadress");
    public static string OtherAddress => Say("Address", "Adress");
    public static string BothAddresses => Say("Billing and shipping address", "Fakturerings- och leveransadress");
    public static string Item => Say("Item", "Artikel");
    public static string Quantity => Say("Quantity", "Antal");
    public static string Price => Say("Price", "Pris");
    public static string RowTotal => Say("Total", "Summa");
    public static string Subtotal => Say("Subtotal", "Delsumma");
    public static string Shipping => Say("Shipping", "Frakt");
    public static string Tax => Say("Tax", "Moms");
    public static string Discount => Say("Discount", "Rabatt");
    public static string Adjustment => Say("Adjustment", "Justering");
    public static string GrandTotal => Say("Grand total", "Totalsumma");
    public static string Paid => Say("Paid", "Betalt");
    public static string Refunded => Say("Refunded", "Återbetalt");
    public static string Due => Say("Due", "Att betala");
    public static string Payment => Say("Payment", "Betalsätt");
    public static string ShippingMethod => Say("Shipping method", "Leveranssätt");
    public static string Coupon => Say("Coupon", "Rabattkod");
    public static string Weight => Say("Weight", "Vikt");
    public static string SpecialPrice => Say("Special price", "Specialpris");
    public static string StoreId => Say("The store's id", "Butikens id");
    public static string CreatedInStore => Say("Created in store", "Skapad i butiken");
    public static string ChangedInStore => Say("Changed in store", "Ändrad i butiken");
    public static string ChangedHere => Say("Change seen here", "Ändring sedd här");
    public static string Papers => Say("Invoices, shipments and credit memos", "Fakturor, leveranser och kreditfakturor");
    public static string NoPapers => Say("None has been read.", "Inga har lästs.");
    public static string OfTheOrder => Say("Order", "Order");
    public static string OfTheCustomer => Say("Customer", "Kund");
    public static string OfTheProduct => Say("Product", "Produkt");
    public static string StockPerSource => Say("Stock per source", "Lager per lagerställe");
    public static string NoStock => Say("No source has any.", "Inget lagerställe har någon.");
    public static string OrdersOfCustomer => Say("Newest orders", "Senaste order");
    public static string NoOrders => Say("No order with this e-mail address has been read.", "Ingen order med den här e-postadressen har lästs.");
    public static string Tracks => Say("Parcels", "Paket");

    public static string Json => Say("The store's exact JSON", "Butikens exakta JSON");
    public static string Copy => Say("Copy", "Kopiera");
    public static string Copied => Say("Copied.", "Kopierat.");
    public static string NotCopied => Say("The browser did not allow copying. Download the JSON instead.", "Webbläsaren tillät inte kopiering. Hämta JSON-filen i stället.");
    public static string DownloadJson => Say("Download JSON", "Hämta JSON");
    public static string JsonCut => Say("Only the beginning is shown. Download the JSON to see all of it.", "Bara början visas. Hämta JSON-filen för att se allt.");

    public static string History => Say("History", "Historik");
    public static string FirstSeen => Say("First seen", "Först sedd");
    public static string NoChanges => Say("No change since then.", "Ingen ändring sedan dess.");
    public static string More => Say("Show older changes", "Visa äldre ändringar");
    public static string ByRun => Say("seen by a run", "sedd av en körning");
    public static string ByRefresh => Say("seen when a person refreshed it", "sedd när någon uppdaterade den");

    public static string Op(string op) => op switch
    {
        "delete" => Say("Deleted", "Borttagen"),
        "return" => Say("There again", "Finns igen"),
        _ => Say("Changed", "Ändrad"),
    };

    /// <summary>One record, for its title.</summary>
    public static string One(string entity, string name) => entity switch
    {
        Entities.Invoice => Say($"Invoice {name}", $"Faktura {name}"),
        Entities.Shipment => Say($"Shipment {name}", $"Leverans {name}"),
        Entities.Accounting => Say($"Credit memo {name}", $"Kreditfaktura {name}"),
        Entities.Order => $"Order {name}",
        Entities.Stock => Say($"Stock of {name}", $"Lager av {name}"),
        _ => name,
    };
}
