namespace XtndOrleans.Simulator;

/// <summary>A customer in the shape and key order of <c>GET /V1/customers/search</c>, which a GET by id has too.</summary>
internal static class CustomerJson
{
    public static byte[] Render(CustomerRow customer)
    {
        var json = new PhpJson().Object().Field("id", customer.Id).Field("group_id", customer.GroupId);
        if (customer.Addresses.FirstOrDefault(address => address.IsDefaultBilling) is { } billing) json.Field("default_billing", $"{billing.Id}");
        if (customer.Addresses.FirstOrDefault(address => address.IsDefaultShipping) is { } shipping) json.Field("default_shipping", $"{shipping.Id}");
        json.Time("created_at", customer.CreatedAt).Time("updated_at", customer.UpdatedAt)
            .Field("created_in", customer.StoreId == 2 ? "Store view 2" : "Default Store View");
        if (customer.BirthDate is { } born) json.Field("dob", born);
        json.Field("email", customer.Email).Field("firstname", customer.FirstName).Field("lastname", customer.LastName)
            .Field("store_id", customer.StoreId).Field("website_id", customer.WebsiteId).Name("addresses").Array();
        foreach (var address in customer.Addresses) Address(json, customer, address);
        return json.EndArray().Field("disable_auto_group_change", 0)
            .Name("extension_attributes").Object().Field("is_subscribed", customer.Subscribed).EndObject()
            .EndObject().ToArray();
    }

    /// <summary>A flag that is false is absent.</summary>
    static void Address(PhpJson json, CustomerRow customer, CustomerAddress address)
    {
        json.Object().Field("id", address.Id).Field("customer_id", customer.Id)
            .Name("region").Object().Field("region_code", "Madrid").Field("region", "Madrid").Field("region_id", 161).EndObject()
            .Field("region_id", 161).Field("country_id", "ES").Name("street").Array().Value(address.Street).EndArray();
        if (address.Company is { } company) json.Field("company", company);
        json.Field("telephone", "600000000").Field("postcode", address.Postcode).Field("city", address.City)
            .Field("firstname", customer.FirstName).Field("lastname", customer.LastName);
        if (address.IsDefaultShipping) json.Field("default_shipping", true);
        if (address.IsDefaultBilling) json.Field("default_billing", true);
        json.EndObject();
    }
}
