using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one credit memo out of a page.</summary>
internal static class AccountingReader
{
    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static RawRecord Read(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        var memo = SalesDocument.Read(ref reader, ref record);
        record.Fields = new AccountingFields
        {
            Number = memo.Number,
            OrderExternalId = memo.OrderId,
            State = memo.State switch
            {
                "1" => "open",
                "2" => "refunded",
                "3" => "canceled",
                var other => other,
            },
            Currency = memo.Currency,
            GrandTotal = memo.GrandTotal,
            IssuedAt = record.CreatedAt,
        };
        return record;
    }
}
