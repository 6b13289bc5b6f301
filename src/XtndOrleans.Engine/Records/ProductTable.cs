using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.ProductFields>;

namespace XtndOrleans.Engine.Records;

internal sealed class ProductTable() : RecordTable<ProductFields>(
    Column.Key("sku", "sku", f => f.Sku),
    Column.Text("name", "name", f => f.Name),
    Column.Text("type", "type", f => f.Type),
    Column.Text("status", "status", f => f.Status),
    Column.Number("price", "price", f => f.Price),
    Column.Text("currency", "currency", f => f.Currency),
    Column.Number("quantity", "quantity", f => f.Quantity))
{
    public override string Entity => Entities.Product;

    public override string KeyColumn => "sku";

    public override IReadOnlyList<string> SearchedColumns => ["name"];

    public override string Words => "xtnd.words(connection_id, sku, name, NULL::text, NULL::text)";
}
