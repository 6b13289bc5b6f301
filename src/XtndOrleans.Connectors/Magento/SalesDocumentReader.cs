using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one invoice or credit memo out of a page. They differ in what a state's number means.</summary>
internal static class SalesDocumentReader
{
    /// <summary>Reads the invoice at which the reader stands, to its end.</summary>
    public static RawRecord Invoice(ref Utf8JsonReader reader) => Read<InvoiceFields>(ref reader, "paid");

    /// <summary>Reads the credit memo at which the reader stands, to its end.</summary>
    public static RawRecord CreditMemo(ref Utf8JsonReader reader) => Read<AccountingFields>(ref reader, "refunded");

    static RawRecord Read<TFields>(ref Utf8JsonReader reader, string settled)
        where TFields : SalesDocumentFields, new()
    {
        var record = new RawRecord();
        string? number = null, order = null, state = null, currency = null;
        decimal? grandTotal = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 5 when reader.ValueTextEquals("state"u8): state = reader.NextText(); break;
                case 8 when reader.ValueTextEquals("order_id"u8): order = reader.NextId(); break;
                case 9 when reader.ValueTextEquals("entity_id"u8): record.Id = reader.NextInteger(); break;
                case 10 when reader.ValueTextEquals("created_at"u8): record.CreatedAt = reader.NextTime(); break;
                case 10 when reader.ValueTextEquals("updated_at"u8): record.UpdatedAt = reader.NextTime(); break;
                case 11 when reader.ValueTextEquals("grand_total"u8): grandTotal = reader.NextDecimal(); break;
                case 12 when reader.ValueTextEquals("increment_id"u8): number = reader.NextText(); break;
                case 19 when reader.ValueTextEquals("order_currency_code"u8): currency = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        record.Fields = new TFields
        {
            Number = number,
            OrderExternalId = order,
            State = state switch
            {
                "1" => "open",
                "2" => settled,
                "3" => "canceled",
                _ => state,
            },
            Currency = currency,
            GrandTotal = grandTotal,
            IssuedAt = record.CreatedAt,
        };
        return record;
    }
}
