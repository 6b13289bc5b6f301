namespace XtndOrleans.Connectors;

/// <summary>The canonical fields of a record. Every one may be missing: a store is a stranger.</summary>
public abstract record RecordFields
{
    /// <summary>The name people know the record by: a SKU, an order number.</summary>
    public abstract string? Key { get; }
}

/// <summary>A product.</summary>
public sealed record ProductFields : RecordFields
{
    /// <summary>Stock keeping unit.</summary>
    public string? Sku { get; init; }

    /// <summary>Name in the store view that is read.</summary>
    public string? Name { get; init; }

    /// <summary>Kind of product, the store's own word. Magento: simple, configurable, bundle and more.</summary>
    public string? Type { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>; another value is the store's own.</summary>
    public string? Status { get; init; }

    /// <summary>Price in <see cref="Currency"/>, exact.</summary>
    public decimal? Price { get; init; }

    /// <summary>ISO 4217 code; null when the store does not say it with the product.</summary>
    public string? Currency { get; init; }

    /// <summary>Quantity in stock; null when the store does not say it with the product.</summary>
    public decimal? Quantity { get; init; }

    /// <inheritdoc/>
    public override string? Key => Sku;
}

/// <summary>A sales order.</summary>
public sealed record OrderFields : RecordFields
{
    /// <summary>The number the customer knows. Magento: increment_id.</summary>
    public string? Number { get; init; }

    /// <summary>The store's state of the order's life. Magento: new, processing, complete and more.</summary>
    public string? State { get; init; }

    /// <summary>The store's own status code.</summary>
    public string? Status { get; init; }

    /// <summary>ISO 4217 code of the order's currency.</summary>
    public string? Currency { get; init; }

    /// <summary>What the customer pays, in <see cref="Currency"/>, exact.</summary>
    public decimal? GrandTotal { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public string? CustomerEmail { get; init; }

    /// <summary>First and last name, joined by a space; a guest's from the billing address.</summary>
    public string? CustomerName { get; init; }

    /// <summary>When the customer placed it.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>What was ordered. Rows that only repeat a parent (a configurable's child) are left out.</summary>
    public IReadOnlyList<OrderLine> Lines { get; init; } = [];

    /// <inheritdoc/>
    public override string? Key => Number;
}

/// <summary>One line of an order.</summary>
/// <param name="Sku">Stock keeping unit.</param>
/// <param name="Name">Name at the time of the order.</param>
/// <param name="Quantity">Ordered quantity.</param>
/// <param name="Price">Price of one, in the order's currency, exact.</param>
/// <param name="RowTotal">The line's total as the store gives it.</param>
public sealed record OrderLine(string? Sku, string? Name, decimal? Quantity, decimal? Price, decimal? RowTotal);
