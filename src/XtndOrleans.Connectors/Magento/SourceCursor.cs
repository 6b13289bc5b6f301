using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>How far a read of source items is. Its text is the connector's own.</summary>
/// <param name="Kind">What comes next.</param>
/// <param name="Sku">SKU of the last row seen.</param>
/// <param name="Source">Source of the last row seen.</param>
internal sealed record SourceCursor(string Kind, string Sku, string Source)
{
    /// <summary>All rows from this SKU on; those that were seen come again.</summary>
    public const string From = "from";

    /// <summary>The rows of this SKU with a source after this one.</summary>
    public const string Within = "within";

    /// <summary>All rows after this SKU.</summary>
    public const string After = "after";

    /// <summary>Reads what <see cref="ToString"/> wrote; null, from the beginning, for null and for what the way through legacy stock wrote.</summary>
    public static SourceCursor? Read(string? text) => text is null || text.StartsWith(LowStockPaging.Mark, StringComparison.Ordinal) ? null
        : JsonSerializer.Deserialize<string[]>(text) is [From or Within or After, _, _] parts ? new SourceCursor(parts[0], parts[1], parts[2])
        : throw new FormatException("The cursor is not one of stock.");

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize<string[]>([Kind, Sku, Source]);
}
