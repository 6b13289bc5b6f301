using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>Reads what the page of a record shows.</summary>
internal sealed class RecordReader(ConnectionQueries connections, RecordQueries records, RelatedQueries related, LedgerQueries ledger)
{
    /// <summary>Changes shown at a time.</summary>
    const int Part = 10;

    /// <summary>The record and what has to do with it; null when the tenant holds no such record.</summary>
    public async Task<RecordShown?> Read(EntityId id, string externalId, CancellationToken stop) =>
        await connections.FindName(id.Connection, stop) is { } connection && RecordQueries.Has(id.Entity) && await records.Find(id, externalId, stop) is { } record
            ? new(connection, record, await Related(id, record, stop), await History(id, externalId, null, stop))
            : null;

    /// <summary>The next part of a record's history.</summary>
    public async Task<RecordHistory> History(EntityId id, string externalId, string? cursor, CancellationToken stop) =>
        await ledger.History(id, externalId, new(Part, cursor), stop) ?? throw ProblemException.NotFound("record");

    async Task<List<RelatedRecord>> Related(EntityId id, RecordView record, CancellationToken stop)
    {
        var (fields, store) = (new FieldReader(record), id.Connection);
        switch (id.Entity)
        {
            case Entities.Order:
                var customer = await related.Customer(store, BodyPart.Of(record.Body)["customer_id"].Text, fields.Text("customerEmail"), stop);
                return [.. customer, .. await related.PapersOf(store, record.ExternalId, stop)];
            case Entities.Product:
                return fields.Text("sku") is { } sku ? await related.StockOf(store, sku, stop) : [];
            case Entities.Customer:
                return fields.Text("email") is { } email ? await related.OrdersOf(store, email, stop) : [];
            case Entities.Stock:
                return await related.Product(store, fields.Text("productExternalId"), fields.Text("sku"), stop);
            default:
                return fields.Text("orderExternalId") is { } order ? await related.Order(store, order, stop) : [];
        }
    }
}
