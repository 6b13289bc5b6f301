using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.SalesDocumentFields>;

namespace XtndOrleans.Engine.Records;

/// <summary>Invoices and credit memos: two tables of the same columns.</summary>
internal sealed class SalesDocumentTable(string entity) : RecordTable<SalesDocumentFields>(
    Column.Key("number", "number", f => f.Number),
    Column.Key("order_external_id", "orderExternalId", f => f.OrderExternalId),
    Column.Text("state", "state", f => f.State),
    Column.Text("currency", "currency", f => f.Currency),
    Column.Number("grand_total", "grandTotal", f => f.GrandTotal),
    Column.Time("issued_at", "issuedAt", f => f.IssuedAt))
{
    public override string Entity => entity;

    public override string KeyColumn => "number";

    public override IReadOnlyList<string> SearchedColumns => ["order_external_id"];
}
