using XtndOrleans.Connectors;
using Column = XtndOrleans.Engine.Records.RecordColumn<XtndOrleans.Connectors.CustomerFields>;

namespace XtndOrleans.Engine.Records;

internal sealed class CustomerTable() : RecordTable<CustomerFields>(
    Column.Key("email", "email", f => f.Email),
    Column.Text("name", "name", f => f.Name),
    Column.Text("customer_group", "group", f => f.Group),
    Column.Time("created_at", "createdAt", f => f.CreatedAt),
    Column.List("addresses", "addresses", f => f.Addresses.Select(Storable)))
{
    public override string Entity => Entities.Customer;

    public override string KeyColumn => "email";

    public override IReadOnlyList<string> SearchedColumns => ["name"];

    public override string Words => "xtnd.words(connection_id, email, name, email, NULL::text)";

    static CustomerAddress Storable(CustomerAddress address) => new(
        StorableText.Of(address.Name), StorableText.Of(address.Company), StorableText.Of(address.Street), StorableText.Of(address.Postcode),
        StorableText.Of(address.City), StorableText.Of(address.Region), StorableText.Of(address.Country), StorableText.Of(address.Telephone),
        address.IsBilling, address.IsShipping);
}
