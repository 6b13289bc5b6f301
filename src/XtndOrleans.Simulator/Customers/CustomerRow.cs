namespace XtndOrleans.Simulator;

/// <summary>An entry of a customer's address book.</summary>
public sealed record CustomerAddress(int Id, string City, string Postcode, string Street, string? Company)
{
    public bool IsDefaultBilling { get; init; }
    public bool IsDefaultShipping { get; init; }
}

/// <summary>A customer as its EAV tables hold it.</summary>
public sealed record CustomerRow : Row
{
    public required string Email { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }

    /// <summary>1 general, 2 wholesale.</summary>
    public int GroupId { get; init; } = 1;

    public int StoreId { get; init; } = 1;
    public int WebsiteId => StoreId == 2 ? 2 : 1;

    /// <summary>yyyy-MM-dd; absent for most.</summary>
    public string? BirthDate { get; init; }

    public bool Subscribed { get; init; }
    public IReadOnlyList<CustomerAddress> Addresses { get; init; } = [];

    private protected override Rendered Render() => new(CustomerJson.Render(this), []);
}
