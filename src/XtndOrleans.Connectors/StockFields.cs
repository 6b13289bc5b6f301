namespace XtndOrleans.Connectors;

/// <summary>How much of a product a source has.</summary>
public sealed record StockFields : RecordFields
{
    /// <summary>Stock keeping unit; null when the store names the product by its id alone.</summary>
    public string? Sku { get; init; }

    /// <summary>External id of the product; null when the store names the product by its SKU alone.</summary>
    public string? ProductExternalId { get; init; }

    /// <summary>The source's code; <c>default</c> where a store has no sources.</summary>
    public string? Source { get; init; }

    /// <summary>Quantity, exact.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Whether the source sells it.</summary>
    public bool? InStock { get; init; }

    /// <inheritdoc/>
    public override string? Key => Sku;
}
