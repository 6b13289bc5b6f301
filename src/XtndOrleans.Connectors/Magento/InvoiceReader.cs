using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one invoice out of a page.</summary>
internal static class InvoiceReader
{
    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static RawRecord Read(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        var invoice = SalesDocument.Read(ref reader, ref record);
        record.Fields = new InvoiceFields
        {
            Number = invoice.Number,
            OrderExternalId = invoice.OrderId,
            State = invoice.State switch
            {
                "1" => "open",
                "2" => "paid",
                "3" => "canceled",
                var other => other,
            },
            Currency = invoice.Currency,
            GrandTotal = invoice.GrandTotal,
            IssuedAt = record.CreatedAt,
        };
        return record;
    }
}
