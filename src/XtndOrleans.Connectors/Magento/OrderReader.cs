using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one order out of a page.</summary>
internal static class OrderReader
{
    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static RawRecord Read(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        string? number = null, state = null, status = null, currency = null, email = null, guest = null;
        PersonName customer = default;
        decimal? grandTotal = null;
        IReadOnlyList<OrderLine> lines = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 5 when reader.ValueTextEquals("state"u8): state = reader.NextText(); break;
                case 5 when reader.ValueTextEquals("items"u8): lines = Lines(ref reader); break;
                case 6 when reader.ValueTextEquals("status"u8): status = reader.NextText(); break;
                case 9 when reader.ValueTextEquals("entity_id"u8): record.Id = reader.NextInteger(); break;
                case 10 when reader.ValueTextEquals("created_at"u8): record.CreatedAt = reader.NextTime(); break;
                case 10 when reader.ValueTextEquals("updated_at"u8): record.UpdatedAt = reader.NextTime(); break;
                case 11 when reader.ValueTextEquals("grand_total"u8): grandTotal = reader.NextDecimal(); break;
                case 12 when reader.ValueTextEquals("increment_id"u8): number = reader.NextText(); break;
                case 14 when reader.ValueTextEquals("customer_email"u8): email = reader.NextText(); break;
                case 15 when reader.ValueTextEquals("billing_address"u8): guest = Guest(ref reader); break;
                case 17 when reader.ValueTextEquals("customer_lastname"u8): customer.Last = reader.NextText(); break;
                case 18 when reader.ValueTextEquals("customer_firstname"u8): customer.First = reader.NextText(); break;
                case 19 when reader.ValueTextEquals("order_currency_code"u8): currency = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        record.Fields = new OrderFields
        {
            Number = number,
            State = state,
            Status = status,
            Currency = currency,
            GrandTotal = grandTotal,
            CustomerEmail = email,
            CustomerName = customer.Whole ?? guest,
            PlacedAt = record.CreatedAt,
            Lines = lines,
        };
        return record;
    }

    static string? Guest(ref Utf8JsonReader reader)
    {
        PersonName name = default;
        if (!reader.Enter(JsonTokenType.StartObject))
        {
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 8 when reader.ValueTextEquals("lastname"u8): name.Last = reader.NextText(); break;
                case 9 when reader.ValueTextEquals("firstname"u8): name.First = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        return name.Whole;
    }

    static List<OrderLine> Lines(ref Utf8JsonReader reader)
    {
        var lines = new List<OrderLine>();
        if (!reader.Enter(JsonTokenType.StartArray))
        {
            return lines;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (Line(ref reader) is { } line)
            {
                lines.Add(line);
            }
        }
        return lines;
    }

    // Null for a row that only repeats its parent: a configurable's child, a bundle's part.
    static OrderLine? Line(ref Utf8JsonReader reader)
    {
        string? sku = null, name = null;
        decimal? quantity = null, price = null, rowTotal = null;
        var repeats = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 3 when reader.ValueTextEquals("sku"u8): sku = reader.NextText(); break;
                case 4 when reader.ValueTextEquals("name"u8): name = reader.NextText(); break;
                case 5 when reader.ValueTextEquals("price"u8): price = reader.NextDecimal(); break;
                case 9 when reader.ValueTextEquals("row_total"u8): rowTotal = reader.NextDecimal(); break;
                case 11 when reader.ValueTextEquals("qty_ordered"u8): quantity = reader.NextDecimal(); break;
                case 14 when reader.ValueTextEquals("parent_item_id"u8): repeats = reader.NextInteger() > 0; break;
                default: reader.PassValue(); break;
            }
        }
        return repeats ? null : new OrderLine(sku, name, quantity, price, rowTotal);
    }
}
