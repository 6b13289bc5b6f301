namespace XtndOrleans.Simulator;

/// <summary>A shipment in the shape and key order of <c>GET /V1/shipments</c>; null columns are absent but for a track's.</summary>
internal static class ShipmentJson
{
    public static byte[] Render(ShipmentRow shipment)
    {
        var json = new PhpJson().Object().Field("billing_address_id", shipment.OrderId * 2L).Time("created_at", shipment.CreatedAt);
        if (shipment.CustomerId is { } customer) json.Field("customer_id", customer);
        json.Field("entity_id", shipment.Id).Field("increment_id", shipment.IncrementId).Field("order_id", shipment.OrderId)
            .Name("packages").Empty().Addresses(shipment).Field("store_id", shipment.StoreId)
            .Field("total_qty", shipment.Items.Sum(units => units.Quantity));
        if (shipment.Weight is { } weight) json.Field("total_weight", weight);
        json.Time("updated_at", shipment.UpdatedAt).Name("items").Array();
        for (var i = 0; i < shipment.Items.Count; i++)
        {
            var (line, quantity) = shipment.Items[i];
            json.Object().Field("entity_id", shipment.ItemId(i)).Field("name", line.Name).Field("parent_id", shipment.Id)
                .Field("price", line.PriceWithoutTax).Field("product_id", line.ProductId).Field("sku", line.Sku).Field("weight", 1)
                .Field("order_item_id", line.ItemId).Field("qty", quantity).EndObject();
        }
        Tracks(json.EndArray(), shipment);
        DocumentJson.Comments(json, shipment);
        return json.Name("extension_attributes").Object().Field("source_code", "default").EndObject().EndObject().ToArray();
    }

    static void Tracks(PhpJson json, ShipmentRow shipment)
    {
        json.Name("tracks").Array();
        foreach (var track in shipment.Tracks)
        {
            json.Object().Field("order_id", shipment.OrderId).Time("created_at", track.CreatedAt).Field("entity_id", track.Id)
                .Field("parent_id", shipment.Id).Time("updated_at", track.CreatedAt).Name("weight").Null().Name("qty").Null()
                .Name("description").Null().Field("track_number", track.Number).Field("title", track.Title)
                .Field("carrier_code", "custom").EndObject();
        }
        json.EndArray();
    }
}
