using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one address of a customer. Whether it is a default one is said with the address, or with the customer by its number, or with both.</summary>
internal struct AddressReader
{
    long? id;
    PersonName name;
    string? company;
    string? street;
    string? postcode;
    string? city;
    string? region;
    string? country;
    string? telephone;
    bool isBilling;
    bool isShipping;

    /// <summary>Reads the object at which the reader stands, to its end.</summary>
    public static AddressReader Read(ref Utf8JsonReader reader)
    {
        AddressReader address = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 2 when reader.ValueTextEquals("id"u8): address.id = reader.NextInteger(); break;
                case 4 when reader.ValueTextEquals("city"u8): address.city = reader.NextText(); break;
                case 6 when reader.ValueTextEquals("street"u8): address.street = Street(ref reader); break;
                case 6 when reader.ValueTextEquals("region"u8): address.region = Region(ref reader); break;
                case 7 when reader.ValueTextEquals("company"u8): address.company = reader.NextText(); break;
                case 8 when reader.ValueTextEquals("lastname"u8): address.name.Last = reader.NextText(); break;
                case 8 when reader.ValueTextEquals("postcode"u8): address.postcode = reader.NextText(); break;
                case 9 when reader.ValueTextEquals("firstname"u8): address.name.First = reader.NextText(); break;
                case 9 when reader.ValueTextEquals("telephone"u8): address.telephone = reader.NextText(); break;
                case 10 when reader.ValueTextEquals("country_id"u8): address.country = reader.NextText(); break;
                case 15 when reader.ValueTextEquals("default_billing"u8): address.isBilling = reader.NextFlag() == true; break;
                case 16 when reader.ValueTextEquals("default_shipping"u8): address.isShipping = reader.NextFlag() == true; break;
                default: reader.PassValue(); break;
            }
        }
        return address;
    }

    /// <summary>The address, once the customer is read whole.</summary>
    /// <param name="billing">Number of the customer's default address for bills.</param>
    /// <param name="shipping">Number of the customer's default address for shipments.</param>
    public readonly CustomerAddress Finish(long? billing, long? shipping) => new(
        name.Whole, company, street, postcode, city, region, country, telephone, isBilling || (id is not null && id == billing), isShipping || (id is not null && id == shipping));

    // A list of lines, or one text.
    static string? Street(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        if (!ahead.Enter(JsonTokenType.StartArray))
        {
            return reader.NextText();
        }
        reader.Read();
        var lines = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TextHere() is { } line && !string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line);
            }
        }
        return lines.Count > 0 ? string.Join(", ", lines) : null;
    }

    // {"region_code", "region", "region_id"}, or the name alone.
    static string? Region(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        if (!ahead.Enter(JsonTokenType.StartObject))
        {
            return reader.NextText();
        }
        reader.Read();
        string? region = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("region"u8))
            {
                region = reader.NextText();
            }
            else
            {
                reader.PassValue();
            }
        }
        return region;
    }
}
