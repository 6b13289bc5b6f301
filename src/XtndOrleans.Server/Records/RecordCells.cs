using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Pages.Shared;

namespace XtndOrleans.Server.Records;

/// <summary>A record in a list, as it is shown.</summary>
/// <param name="ExternalId">The store's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsDeleted">Whether the store has it no longer.</param>
/// <param name="Cells">One text for each column behind the name.</param>
public sealed record RecordLine(string ExternalId, string Name, bool IsDeleted, IReadOnlyList<string> Cells);

/// <summary>The columns of the lists.</summary>
internal static class RecordCells
{
    /// <summary>The field that is a record's name.</summary>
    public static string NameOf(string entity) => entity switch
    {
        Entities.Product or Entities.Stock => "sku",
        Entities.Customer => "email",
        _ => "number",
    };

    /// <summary>The fields behind it.</summary>
    public static string[] Of(string entity) => entity switch
    {
        Entities.Product => ["name", "status", "price", "quantity"],
        Entities.Order => ["placedAt", "customerName", "status", "grandTotal"],
        Entities.Invoice or Entities.Accounting => ["issuedAt", "state", "grandTotal"],
        Entities.Shipment => ["shippedAt", "tracks", "totalQuantity"],
        Entities.Customer => ["name", "group", "createdAt"],
        _ => ["source", "inStock", "quantity"],
    };

    /// <summary>How the field's cells are drawn.</summary>
    public static string? Look(string field) => field switch
    {
        "price" or "quantity" or "grandTotal" or "totalQuantity" => "xtnd-right xtnd-number",
        "placedAt" or "issuedAt" or "shippedAt" or "createdAt" => "xtnd-when",
        "customerName" => "xtnd-two-lines",
        _ => null,
    };

    /// <summary>A record as a line of its list.</summary>
    public static RecordLine Line(string entity, RecordView record, string zone)
    {
        var fields = new FieldReader(record);
        return new(record.ExternalId, record.Key is { Length: > 0 } key ? key : record.ExternalId, record.DeletedAt is not null, [.. Of(entity).Select(field => Cell(fields, field, zone))]);
    }

    static string Cell(FieldReader fields, string field, string zone) => field switch
    {
        "price" or "grandTotal" => fields.Number(field) is { } amount ? Amounts.Money(amount, fields.Text("currency")) : "",
        "quantity" or "totalQuantity" => fields.Number(field) is { } number ? Amounts.Number(number) : "",
        "placedAt" or "issuedAt" or "shippedAt" or "createdAt" => fields.Time(field) is { } at ? Times.Local(at, zone) : "",
        // The address stands under the name.
        "customerName" => OrderSheet.Joined("\n", fields.Text(field), fields.Text("customerEmail")) ?? "",
        "inStock" => fields.Flag(field) is { } has ? has ? RecordTexts.Yes : RecordTexts.No : "",
        "tracks" => string.Join(", ", fields.List(field).Items.Take(3).Select(track => OrderSheet.Joined(" ", track["carrier"].Text, track["number"].Text)).OfType<string>()),
        _ => fields.Text(field) ?? "",
    };
}
