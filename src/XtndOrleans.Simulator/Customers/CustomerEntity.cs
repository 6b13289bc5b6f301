using System.Collections.Frozen;

namespace XtndOrleans.Simulator;

/// <summary>Customers, as their EAV collection filters and sorts them: the JSON's id is entity_id there.</summary>
internal sealed class CustomerEntity : Entity<CustomerRow>
{
    public static readonly CustomerEntity Instance = new();

    public override string Name => EntityNames.Customer;
    public override string Resource => "Magento_Customer::customer";
    public override RecordSet<CustomerRow> Rows(MagentoStore store) => store.CustomerRows;

    public override IReadOnlyDictionary<string, EntityField<CustomerRow>> Fields { get; } = new Dictionary<string, EntityField<CustomerRow>>
    {
        ["entity_id"] = EntityField<CustomerRow>.OfNumber(row => row.Id),
        ["email"] = EntityField<CustomerRow>.OfText(row => row.Email),
        ["firstname"] = EntityField<CustomerRow>.OfText(row => row.FirstName),
        ["lastname"] = EntityField<CustomerRow>.OfText(row => row.LastName),
        ["dob"] = EntityField<CustomerRow>.OfText(row => row.BirthDate),
        ["group_id"] = EntityField<CustomerRow>.OfNumber(row => row.GroupId),
        ["store_id"] = EntityField<CustomerRow>.OfNumber(row => row.StoreId),
        ["website_id"] = EntityField<CustomerRow>.OfNumber(row => row.WebsiteId),
        ["created_at"] = EntityField<CustomerRow>.OfDate(row => row.CreatedAt),
        ["updated_at"] = EntityField<CustomerRow>.OfDate(row => row.UpdatedAt),
    }.ToFrozenDictionary();

    public override MagentoError UnknownFilter(string field) =>
        new(400, "The \"%1\" attribute name is invalid. Reset the name and try again.") { Positional = [field] };

    public override MagentoError? UnknownSort(string field) => null;
}
