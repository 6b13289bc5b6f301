namespace XtndOrleans.Connectors.Magento;

/// <summary>Where in Magento's administration a right is given to a role (System > Permissions > User Roles > Role Resources).</summary>
internal static class MagentoPermissions
{
    /// <summary>The path in the tree of role resources; the name itself when it is not known.</summary>
    public static string Where(string resource) => resource switch
    {
        "Magento_Catalog::products" => "Catalog > Inventory > Products",
        "Magento_Catalog::categories" => "Catalog > Inventory > Categories",
        "Magento_Catalog::catalog_inventory" or "Magento_CatalogInventory::cataloginventory" => "Catalog > Inventory",
        "Magento_Catalog::attributes_attributes" or "Magento_Catalog::sets" => "Stores > Attributes",
        "Magento_Sales::actions_view" => "Sales > Operations > Orders > Actions > View",
        "Magento_Sales::sales_invoice" => "Sales > Operations > Invoices",
        "Magento_Sales::shipment" => "Sales > Operations > Shipments",
        "Magento_Sales::sales_creditmemo" => "Sales > Operations > Credit Memos",
        "Magento_Sales::transactions_fetch" => "Sales > Operations > Transactions > Fetch",
        "Magento_Customer::customer" => "Customers",
        "Magento_Customer::manage" => "Customers > All Customers",
        "Magento_InventoryApi::source" => "Stores > Inventory > Sources",
        "Magento_InventoryApi::stock" => "Stores > Inventory > Stocks",
        "Magento_Backend::store" => "Stores > Settings > All Stores",
        _ => resource,
    };

    /// <summary>What to do, in words.</summary>
    public static string Cure(string? resource) => resource is null
        ? "In Magento's administration, give the user's role the right to read this: System > Permissions > User Roles > Role Resources."
        : $"{Where(resource)}: tick it in Magento's administration under System > Permissions > User Roles, in Role Resources of the user's role; of an integration under System > Integrations, on its page API.";
}
