namespace XtndOrleans.Connectors.Magento;

/// <summary>A name as Magento keeps it, in parts.</summary>
internal struct PersonName
{
    /// <summary>firstname.</summary>
    public string? First;

    /// <summary>lastname.</summary>
    public string? Last;

    /// <summary>Both, joined by a space; null when neither says anything.</summary>
    public readonly string? Whole => string.Join(' ', new[] { First, Last }.Where(n => !string.IsNullOrWhiteSpace(n))) is { Length: > 0 } whole ? whole : null;
}
