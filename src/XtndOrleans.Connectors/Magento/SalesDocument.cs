using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>What an invoice and a credit memo have in common.</summary>
internal struct SalesDocument
{
    /// <summary>increment_id.</summary>
    public string? Number;

    /// <summary>order_id.</summary>
    public string? OrderId;

    /// <summary>state, a number with a meaning of its own in each.</summary>
    public string? State;

    /// <summary>order_currency_code.</summary>
    public string? Currency;

    /// <summary>grand_total, in that currency.</summary>
    public decimal? GrandTotal;

    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static SalesDocument Read(ref Utf8JsonReader reader, ref RawRecord record)
    {
        SalesDocument document = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 5 when reader.ValueTextEquals("state"u8): document.State = reader.NextText(); break;
                case 8 when reader.ValueTextEquals("order_id"u8): document.OrderId = reader.NextId(); break;
                case 9 when reader.ValueTextEquals("entity_id"u8): record.Id = reader.NextInteger(); break;
                case 10 when reader.ValueTextEquals("created_at"u8): record.CreatedAt = reader.NextTime(); break;
                case 10 when reader.ValueTextEquals("updated_at"u8): record.UpdatedAt = reader.NextTime(); break;
                case 11 when reader.ValueTextEquals("grand_total"u8): document.GrandTotal = reader.NextDecimal(); break;
                case 12 when reader.ValueTextEquals("increment_id"u8): document.Number = reader.NextText(); break;
                case 19 when reader.ValueTextEquals("order_currency_code"u8): document.Currency = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        return document;
    }
}
