using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.OrderFields>;

namespace XtndOrleans.Engine.Records;

internal sealed class OrderTable() : RecordTable<OrderFields>(
    Column.Key("number", "number", f => f.Number),
    Column.Text("state", "state", f => f.State),
    Column.Text("status", "status", f => f.Status),
    Column.Text("currency", "currency", f => f.Currency),
    Column.Number("grand_total", "grandTotal", f => f.GrandTotal),
    Column.Text("customer_email", "customerEmail", f => f.CustomerEmail),
    Column.Text("customer_name", "customerName", f => f.CustomerName),
    Column.Time("placed_at", "placedAt", f => f.PlacedAt),
    Column.List("lines", "lines", f => f.Lines.Select(Storable)))
{
    public override string Entity => Entities.Order;

    public override string KeyColumn => "number";

    public override IReadOnlyList<string> SearchedColumns => ["customer_email", "customer_name"];

    public override string Words => "xtnd.words(connection_id, number, customer_name, customer_email, status)";

    static OrderLine Storable(OrderLine line) => line with { Sku = StorableText.Of(line.Sku), Name = StorableText.Of(line.Name) };
}
