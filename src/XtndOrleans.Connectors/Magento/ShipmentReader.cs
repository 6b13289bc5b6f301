using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one shipment out of a page.</summary>
internal static class ShipmentReader
{
    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static RawRecord Read(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        string? number = null, order = null;
        decimal? quantity = null;
        IReadOnlyList<ShipmentTrack> tracks = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 6 when reader.ValueTextEquals("tracks"u8): tracks = Tracks(ref reader); break;
                case 8 when reader.ValueTextEquals("order_id"u8): order = reader.NextId(); break;
                case 9 when reader.ValueTextEquals("entity_id"u8): record.Id = reader.NextInteger(); break;
                case 9 when reader.ValueTextEquals("total_qty"u8): quantity = reader.NextDecimal(); break;
                case 10 when reader.ValueTextEquals("created_at"u8): record.CreatedAt = reader.NextTime(); break;
                case 10 when reader.ValueTextEquals("updated_at"u8): record.UpdatedAt = reader.NextTime(); break;
                case 12 when reader.ValueTextEquals("increment_id"u8): number = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        record.Fields = new ShipmentFields { Number = number, OrderExternalId = order, ShippedAt = record.CreatedAt, TotalQuantity = quantity, Tracks = tracks };
        return record;
    }

    static List<ShipmentTrack> Tracks(ref Utf8JsonReader reader)
    {
        var tracks = new List<ShipmentTrack>();
        if (!reader.Enter(JsonTokenType.StartArray))
        {
            return tracks;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                tracks.Add(Track(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }
        return tracks;
    }

    static ShipmentTrack Track(ref Utf8JsonReader reader)
    {
        string? title = null, code = null, number = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 5 when reader.ValueTextEquals("title"u8): title = reader.NextText(); break;
                case 12 when reader.ValueTextEquals("carrier_code"u8): code = reader.NextText(); break;
                case 12 when reader.ValueTextEquals("track_number"u8): number = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        return new ShipmentTrack(string.IsNullOrWhiteSpace(title) ? code : title, number);
    }
}
