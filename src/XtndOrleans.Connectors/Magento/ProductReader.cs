using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one product out of a page.</summary>
internal static class ProductReader
{
    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static RawRecord Read(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        string? sku = null, name = null, type = null, status = null;
        decimal? price = null, quantity = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 2 when reader.ValueTextEquals("id"u8): record.Id = reader.NextInteger(); break;
                case 3 when reader.ValueTextEquals("sku"u8): sku = reader.NextText(); break;
                case 4 when reader.ValueTextEquals("name"u8): name = reader.NextText(); break;
                case 5 when reader.ValueTextEquals("price"u8): price = reader.NextDecimal(); break;
                case 6 when reader.ValueTextEquals("status"u8): status = Status(ref reader); break;
                case 7 when reader.ValueTextEquals("type_id"u8): type = Type(ref reader); break;
                case 10 when reader.ValueTextEquals("created_at"u8): record.CreatedAt = reader.NextTime(); break;
                case 10 when reader.ValueTextEquals("updated_at"u8): record.UpdatedAt = reader.NextTime(); break;
                case 20 when reader.ValueTextEquals("extension_attributes"u8): quantity = Quantity(ref reader); break;
                default: reader.PassValue(); break;
            }
        }
        record.Fields = new ProductFields { Sku = sku, Name = name, Type = type, Status = status, Price = price, Quantity = quantity };
        return record;
    }

    static string? Status(ref Utf8JsonReader reader) => reader.NextText() switch
    {
        "1" => "enabled",
        "2" => "disabled",
        var other => other,
    };

    // Nearly every product has one of these; a string for each would be a third of the page's garbage.
    static string? Type(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        ahead.Read();
        // What is escaped may be half a surrogate pair, which cannot be compared.
        var known = ahead.TokenType != JsonTokenType.String || ahead.ValueIsEscaped ? null
            : ahead.ValueTextEquals("simple"u8) ? "simple"
            : ahead.ValueTextEquals("configurable"u8) ? "configurable"
            : ahead.ValueTextEquals("virtual"u8) ? "virtual"
            : null;
        if (known is null)
        {
            return reader.NextText();
        }
        reader = ahead;
        return known;
    }

    // extension_attributes.stock_item.qty; Magento gives it with single products only, some modules in lists too.
    static decimal? Quantity(ref Utf8JsonReader reader)
    {
        decimal? quantity = null;
        if (!reader.Enter(JsonTokenType.StartObject))
        {
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stock_item"u8))
            {
                quantity = StockQuantity(ref reader);
            }
            else
            {
                reader.PassValue();
            }
        }
        return quantity;
    }

    static decimal? StockQuantity(ref Utf8JsonReader reader)
    {
        decimal? quantity = null;
        if (!reader.Enter(JsonTokenType.StartObject))
        {
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("qty"u8))
            {
                quantity = reader.NextDecimal();
            }
            else
            {
                reader.PassValue();
            }
        }
        return quantity;
    }
}
