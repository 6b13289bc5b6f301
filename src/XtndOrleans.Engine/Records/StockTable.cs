using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.StockFields>;

namespace XtndOrleans.Engine.Records;

internal sealed class StockTable() : RecordTable<StockFields>(
    Column.Key("sku", "sku", f => f.Sku) with { Value = Sku },
    Column.Key("product_external_id", "productExternalId", f => f.ProductExternalId),
    Column.Text("source", "source", f => f.Source),
    Column.Number("quantity", "quantity", f => f.Quantity),
    Column.Flag("in_stock", "inStock", f => f.InStock))
{
    // A store without sources names the product by number; the SKU is looked up where it is written, among the products held by then.
    const string Sku = """
        coalesce(g.sku, (SELECT p.sku FROM xtnd.product p
                         WHERE p.tenant_id = $1 AND p.connection_id = $2 AND p.external_id = g.product_external_id))
        """;

    public override string Entity => Entities.Stock;

    public override string KeyColumn => "sku";

    public override IReadOnlyList<string> SearchedColumns => ["source"];
}
