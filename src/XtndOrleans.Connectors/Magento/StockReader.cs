using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads one quantity out of a page: how much of a SKU a source has, or how much of a product a store without sources has.</summary>
internal static class StockReader
{
    /// <summary>The source's name where a store has none.</summary>
    public const string OnlySource = "default";

    /// <summary>The external id of a source item: its code and its SKU, exactly as the store spells them.</summary>
    public static string KeyOf(string source, string sku) => $"{source}:{sku}";

    /// <summary>Reads the source item at which the reader stands, to its end.</summary>
    public static RawRecord ReadSourceItem(ref Utf8JsonReader reader)
    {
        string? sku = null, source = null;
        decimal? quantity = null;
        bool? inStock = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 3 when reader.ValueTextEquals("sku"u8): sku = reader.NextText(); break;
                case 6 when reader.ValueTextEquals("status"u8): inStock = reader.NextFlag(); break;
                case 8 when reader.ValueTextEquals("quantity"u8): quantity = reader.NextDecimal(); break;
                case 11 when reader.ValueTextEquals("source_code"u8): source = reader.NextText(); break;
                default: reader.PassValue(); break;
            }
        }
        return new RawRecord
        {
            Key = sku is null || string.IsNullOrEmpty(source) ? null : KeyOf(source, sku),
            Fields = new StockFields { Sku = sku, Source = source, Quantity = quantity, InStock = inStock },
        };
    }

    /// <summary>Reads the legacy stock item at which the reader stands, to its end. It names its product by number only.</summary>
    public static RawRecord ReadStockItem(ref Utf8JsonReader reader)
    {
        var record = new RawRecord();
        string? product = null;
        decimal? quantity = null;
        bool? inStock = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length)
            {
                case 3 when reader.ValueTextEquals("qty"u8): quantity = reader.NextDecimal(); break;
                case 10 when reader.ValueTextEquals("product_id"u8): product = reader.NextId(); break;
                case 11 when reader.ValueTextEquals("is_in_stock"u8): inStock = reader.NextFlag(); break;
                default: reader.PassValue(); break;
            }
        }
        record.Key = product;
        record.Fields = new StockFields { ProductExternalId = product, Source = OnlySource, Quantity = quantity, InStock = inStock };
        return record;
    }
}
