using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.ShipmentFields>;

namespace XtndOrleans.Engine.Records;

internal sealed class ShipmentTable() : RecordTable<ShipmentFields>(
    Column.Key("number", "number", f => f.Number),
    Column.Key("order_external_id", "orderExternalId", f => f.OrderExternalId),
    Column.Time("shipped_at", "shippedAt", f => f.ShippedAt),
    Column.Number("total_quantity", "totalQuantity", f => f.TotalQuantity),
    Column.List("tracks", "tracks", f => f.Tracks.Select(Storable)))
{
    public override string Entity => Entities.Shipment;

    public override string KeyColumn => "number";

    public override IReadOnlyList<string> SearchedColumns => ["order_external_id"];

    static ShipmentTrack Storable(ShipmentTrack track) => new(StorableText.Of(track.Carrier), StorableText.Of(track.Number));
}
