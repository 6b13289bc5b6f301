namespace XtndOrleans.Simulator;

/// <summary>The routes a connection check asks: views, websites, currency, modules.</summary>
internal static class StoreRoutes
{
    public const string Resource = "Magento_Backend::store";
    public const string ModulesResource = "Magento_Backend::admin";

    static readonly (int Id, string Code, int Website, string Locale, string Name)[] views =
    [
        (1, "default", 1, "en_US", "Default Store View"),
        (2, "store_view_2", 2, "sv_SE", "Store view 2"),
        (3, "store_view_3", 1, "es_ES", "Store view 3"),
    ];

    static readonly string[] modules =
    [
        "Magento_Store", "Magento_Config", "Magento_Directory", "Magento_Backend", "Magento_Catalog", "Magento_CatalogInventory",
        "Magento_Customer", "Magento_Sales", "Magento_Integration", "Magento_JwtUserToken", "Magento_Webapi",
        "Magento_WebapiAsync", "Magento_WebapiSecurity",
    ];

    public static readonly IReadOnlyList<Route> All =
    [
        new("GET", "store/storeConfigs", Configs),
        new("GET", "store/storeViews", StoreViews),
        new("GET", "store/websites", Websites),
        new("GET", "directory/currency", Currency),
        new("GET", "modules", Modules),
    ];

    /// <summary>The codes of the store views.</summary>
    public static readonly IReadOnlyList<string> Views = Array.ConvertAll(views, view => view.Code);

    public static bool Knows(string code) => code == "all" || Views.Contains(code);

    static RestResult Configs(RestRequest request)
    {
        request.Require(Resource);
        var codes = request.Query["storeCodes"]?.Members.Select(code => code.Value.Text).ToList();
        var json = new PhpJson().Array();
        foreach (var view in views.Where(view => codes is null || codes.Contains(view.Code)))
        {
            json.Object().Field("id", view.Id).Field("code", view.Code).Field("website_id", view.Website).Field("locale", view.Locale)
                .Field("base_currency_code", "EUR").Field("default_display_currency_code", "EUR")
                .Field("timezone", "Europe/Madrid").Field("weight_unit", "kgs");
            Addresses(json, $"http://{request.Http.Request.Host}/store/{request.Store.Number}/");
            json.EndObject();
        }
        return RestResult.Json(json.EndArray().ToArray());
    }

    static void Addresses(PhpJson json, string home)
    {
        foreach (var prefix in (string[])["", "secure_"])
        {
            json.Field($"{prefix}base_url", home).Field($"{prefix}base_link_url", home)
                .Field($"{prefix}base_static_url", $"{home}static/version1/").Field($"{prefix}base_media_url", $"{home}media/");
        }
    }

    static RestResult StoreViews(RestRequest request)
    {
        request.Require(Resource);
        var json = new PhpJson().Array();
        foreach (var (id, code, website, _, name) in views.Prepend((0, "admin", 0, "", "Admin")))
        {
            json.Object().Field("id", id).Field("code", code).Field("name", name).Field("website_id", website)
                .Field("store_group_id", website).Field("is_active", 1).EndObject();
        }
        return RestResult.Json(json.EndArray().ToArray());
    }

    static RestResult Websites(RestRequest request)
    {
        request.Require(Resource);
        var json = new PhpJson().Array();
        foreach (var (id, code, name) in ((int, string, string)[])[(0, "admin", "Admin"), (1, "base", "Main Website"), (2, "website_2", "Website 2")])
            json.Object().Field("id", id).Field("code", code).Field("name", name).Field("default_group_id", id).EndObject();
        return RestResult.Json(json.EndArray().ToArray());
    }

    /// <summary>Open to guests: a 200 here proves that the REST path is right.</summary>
    static RestResult Currency(RestRequest request) => RestResult.Json(new PhpJson().Object()
        .Field("base_currency_code", "EUR").Field("base_currency_symbol", "€")
        .Field("default_display_currency_code", "EUR").Field("default_display_currency_symbol", "€")
        .Name("available_currency_codes").Array().Value("EUR").EndArray()
        .Name("exchange_rates").Array().Object().Field("currency_to", "EUR").Field("rate", 1).EndObject().EndArray()
        .EndObject().ToArray());

    static RestResult Modules(RestRequest request)
    {
        request.Require(ModulesResource);
        var json = new PhpJson().Array();
        foreach (var module in modules) json.Value(module);
        if (request.Store.Settings.MultiSource) json.Value("Magento_Inventory").Value("Magento_InventoryApi").Value("Magento_InventorySalesApi");
        if (request.Store.Settings.TwoFactor != TwoFactorMode.Off) json.Value("Magento_TwoFactorAuth");
        return RestResult.Json(json.EndArray().ToArray());
    }
}
