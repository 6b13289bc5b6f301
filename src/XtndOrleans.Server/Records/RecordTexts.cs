using XtndOrleans.Connectors;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Records;

/// <summary>The texts of the pages about records.</summary>
internal static class RecordTexts
{
    public static string Title => Say("Records", "Poster");
    public static string WhereIsMyOrder => Say("Where is my order…?", "Var är min order…?");
    public static string OrderNumber => Say("Order number", "Ordernummer");
    public static string UnknownTitle => Say("This connection is not here", "Den här anslutningen finns inte");
    public static string Unknown => Say("It was deleted, or the address is not right.", "Den har tagits bort, eller så stämmer inte adressen.");
    public static string ShowOther => Say("Show other records", "Visa andra poster");
    public static string NothingTitle => Say("Nothing has been read yet", "Inget har lästs ännu");
    public static string Nothing => Say("Connect a store, and its products and orders appear here.", "Anslut en butik, så visas dess produkter och order här.");

    public static string ChooseConnection => Say("Store", "Butik");
    public static string ChooseEntity => Say("What to show", "Vad som visas");
    public static string MoreStores => Say("Type to find another store", "Skriv för att hitta en annan butik");
    public static string Status => Say("Status", "Status");
    public static string EveryStatus => Say("Every status", "Alla statusar");
    public static string Since => Say("Changed since", "Ändrad sedan");
    public static string WithDeleted => Say("Include deleted", "Visa borttagna");
    public static string Download => Say("Download all as", "Hämta alla som");
    public static string NextPage => Say("Next page", "Nästa sida");
    public static string FirstPage => Say("First page", "Första sidan");
    public static string ShowAll => Say("Show all", "Visa alla");
    public static string NoMatchTitle => Say("Nothing matches", "Inget passar");
    public static string NoMatch => Say("No record matches what you typed and chose. A search looks for the beginnings of words.", "Ingen post passar det du skrev och valde. Sökningen letar efter hur ord börjar.");
    public static string EmptyTitle => Say("Nothing is here yet", "Här finns inget ännu");
    public static string Empty => Say("Nothing of this kind has been read from the store, or the store has none.", "Inget av det här slaget har lästs från butiken, eller så har butiken inget.");
    public static string ToConnection => Say("To the connection", "Till anslutningen");
    public static string Held(long count) => Count(count, ("record", "records"), ("post", "poster"));
    public static string TimesIn(string zone) => Say($"times in {zone}", $"tider i {zone}");
    public static string SortedByPlaced => Say("newest first", "nyaste först");
    public static string SortedByChange => Say("last changed first", "senast ändrade först");
    public static string Deleted => Say("Deleted", "Borttagen");
    public static string WithoutName => Say("without a number", "utan nummer");

    public static string Search(string entity) => entity switch
    {
        Entities.Product => Say("Search SKU or name", "Sök SKU eller namn"),
        Entities.Order => Say("Search number, e-mail or name", "Sök nummer, e-post eller namn"),
        Entities.Customer => Say("Search e-mail or name", "Sök e-post eller namn"),
        Entities.Stock => Say("Search SKU", "Sök SKU"),
        _ => Say("Search number", "Sök nummer"),
    };

    /// <summary>The head of a column and the name of a fact, by the field's name in the REST API.</summary>
    public static string Field(string field) => field switch
    {
        "sku" => "SKU",
        "name" => Say("Name", "Namn"),
        "type" => Say("Type", "Typ"),
        "status" => Say("Status", "Status"),
        "state" => Say("State", "Läge"),
        "price" => Say("Price", "Pris"),
        "quantity" => Say("Quantity", "Antal"),
        "number" => Say("Number", "Nummer"),
        "placedAt" => Say("Placed", "Lagd"),
        "grandTotal" => Say("Total", "Summa"),
        "customerName" => Say("Customer", "Kund"),
        "customerEmail" or "email" => Say("E-mail", "E-post"),
        "issuedAt" => Say("Issued", "Utfärdad"),
        "shippedAt" => Say("Shipped", "Skickad"),
        "totalQuantity" => Say("Pieces", "Antal artiklar"),
        "tracks" => Say("Parcels", "Paket"),
        "group" => Say("Customer group", "Kundgrupp"),
        "createdAt" => Say("Registered", "Registrerad"),
        "source" => Say("Source", "Lagerställe"),
        "inStock" => Say("In stock", "I lager"),
        _ => field,
    };

    public static string Yes => Say("Yes", "Ja");
    public static string No => Say("No", "Nej");
}
