namespace XtndOrleans.Simulator;

/// <summary>How many of a SKU a source has. Its id is never in an answer, and it has no times.</summary>
public sealed record SourceItemRow : Row
{
    /// <summary>The source that every product is in, whose quantity the legacy stock item mirrors.</summary>
    public const string DefaultSource = "default";

    public required string Sku { get; init; }
    public string SourceCode { get; init; } = DefaultSource;
    public decimal Quantity { get; init; }

    /// <summary>1 in stock, 0 out of stock: a merchant's word, whatever the quantity.</summary>
    public int Status { get; init; } = 1;

    private protected override Rendered Render() => new(new PhpJson().Object().Field("sku", Sku).Field("source_code", SourceCode)
        .Field("quantity", Quantity).Field("status", Status).EndObject().ToArray(), []);
}
