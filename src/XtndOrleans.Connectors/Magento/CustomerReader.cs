using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one customer out of a page.</summary>
internal static class CustomerReader
{
    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static RawRecord Read(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        string? email = null, group = null;
        long? billing = null, shipping = null;
        PersonName name = default;
        List<AddressReader> addresses = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 2 when reader.ValueTextEquals("id"u8): record.Id = reader.NextInteger(); break;
                case 5 when reader.ValueTextEquals("email"u8): email = reader.NextText(); break;
                case 8 when reader.ValueTextEquals("group_id"u8): group = reader.NextText(); break;
                case 8 when reader.ValueTextEquals("lastname"u8): name.Last = reader.NextText(); break;
                case 9 when reader.ValueTextEquals("firstname"u8): name.First = reader.NextText(); break;
                case 9 when reader.ValueTextEquals("addresses"u8): addresses = Addresses(ref reader); break;
                case 10 when reader.ValueTextEquals("created_at"u8): record.CreatedAt = reader.NextTime(); break;
                case 10 when reader.ValueTextEquals("updated_at"u8): record.UpdatedAt = reader.NextTime(); break;
                case 15 when reader.ValueTextEquals("default_billing"u8): billing = reader.NextInteger(); break;
                case 16 when reader.ValueTextEquals("default_shipping"u8): shipping = reader.NextInteger(); break;
                default: reader.PassValue(); break;
            }
        }
        record.Fields = new CustomerFields
        {
            Email = email,
            Name = name.Whole,
            Group = group,
            CreatedAt = record.CreatedAt,
            Addresses = [.. addresses.Select(a => a.Finish(billing, shipping))],
        };
        return record;
    }

    static List<AddressReader> Addresses(ref Utf8JsonReader reader)
    {
        var addresses = new List<AddressReader>();
        if (!reader.Enter(JsonTokenType.StartArray))
        {
            return addresses;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                addresses.Add(AddressReader.Read(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }
        return addresses;
    }
}
