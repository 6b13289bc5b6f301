using System.Collections.Frozen;

namespace XtndOrleans.Simulator;

/// <summary>Orders, as their flat table filters and sorts them.</summary>
internal sealed class OrderEntity : FlatEntity<OrderRow>
{
    public static readonly OrderEntity Instance = new();

    public override string Name => EntityNames.Order;
    public override string Resource => "Magento_Sales::actions_view";
    public override RecordSet<OrderRow> Rows(MagentoStore store) => store.Orders;

    public override IReadOnlyDictionary<string, EntityField<OrderRow>> Fields { get; } = new Dictionary<string, EntityField<OrderRow>>
    {
        ["entity_id"] = EntityField<OrderRow>.OfNumber(row => row.Id),
        ["increment_id"] = EntityField<OrderRow>.OfText(row => row.IncrementId),
        ["state"] = EntityField<OrderRow>.OfText(row => row.State),
        ["status"] = EntityField<OrderRow>.OfText(row => row.Status),
        ["store_id"] = EntityField<OrderRow>.OfNumber(row => row.StoreId),
        ["customer_id"] = EntityField<OrderRow>.OfNumber(row => row.CustomerId),
        ["customer_email"] = EntityField<OrderRow>.OfText(row => row.Email),
        ["customer_is_guest"] = EntityField<OrderRow>.OfNumber(row => row.CustomerId is null ? 1 : 0),
        ["grand_total"] = EntityField<OrderRow>.OfNumber(row => row.GrandTotal),
        ["is_virtual"] = EntityField<OrderRow>.OfNumber(row => row.IsVirtual ? 1 : 0),
        ["created_at"] = EntityField<OrderRow>.OfDate(row => row.CreatedAt),
        ["updated_at"] = EntityField<OrderRow>.OfDate(row => row.UpdatedAt),
    }.ToFrozenDictionary();
}
