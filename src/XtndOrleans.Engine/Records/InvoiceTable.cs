using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.InvoiceFields>;

namespace XtndOrleans.Engine.Records;

internal sealed class InvoiceTable() : RecordTable<InvoiceFields>(
    Column.Key("number", "number", f => f.Number),
    Column.Key("order_external_id", "orderExternalId", f => f.OrderExternalId),
    Column.Text("state", "state", f => f.State),
    Column.Text("currency", "currency", f => f.Currency),
    Column.Number("grand_total", "grandTotal", f => f.GrandTotal),
    Column.Time("issued_at", "issuedAt", f => f.IssuedAt))
{
    public override string Entity => Entities.Invoice;

    public override string KeyColumn => "number";

    public override IReadOnlyList<string> SearchedColumns => ["order_external_id"];
}
