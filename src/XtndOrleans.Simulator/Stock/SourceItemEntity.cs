using System.Collections.Frozen;

namespace XtndOrleans.Simulator;

/// <summary>Source items, as their flat table filters and sorts them: also by the id that no answer has.</summary>
internal sealed class SourceItemEntity : FlatEntity<SourceItemRow>
{
    public static readonly SourceItemEntity Instance = new();

    public override string Name => EntityNames.Stock;
    public override string Resource => "Magento_InventoryApi::source";
    public override string Key => "source_item_id";
    public override RecordSet<SourceItemRow> Rows(MagentoStore store) => store.SourceItems;

    public override IReadOnlyDictionary<string, EntityField<SourceItemRow>> Fields { get; } = new Dictionary<string, EntityField<SourceItemRow>>
    {
        ["source_item_id"] = EntityField<SourceItemRow>.OfNumber(row => row.Id),
        ["sku"] = EntityField<SourceItemRow>.OfText(row => row.Sku),
        ["source_code"] = EntityField<SourceItemRow>.OfText(row => row.SourceCode),
        ["quantity"] = EntityField<SourceItemRow>.OfNumber(row => row.Quantity),
        ["status"] = EntityField<SourceItemRow>.OfNumber(row => row.Status),
    }.ToFrozenDictionary();
}

internal static class SourceItemRoutes
{
    public static readonly IReadOnlyList<Route> All = [new("GET", "inventory/source-items", Answer)];

    /// <summary>Without the modules there is no such route, whoever asks.</summary>
    static RestResult Answer(RestRequest request) =>
        request.Store.Settings.MultiSource ? ListEndpoint.Answer(request, SourceItemEntity.Instance) : throw MagentoError.NoRoute();
}
