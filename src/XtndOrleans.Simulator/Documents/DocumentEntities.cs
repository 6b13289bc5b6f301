using System.Collections.Frozen;

namespace XtndOrleans.Simulator;

/// <summary>The columns that all papers of an order can be searched by.</summary>
internal static class DocumentFields
{
    public static Dictionary<string, EntityField<TRow>> Of<TRow>() where TRow : DocumentRow => new()
    {
        ["entity_id"] = EntityField<TRow>.OfNumber(row => row.Id),
        ["increment_id"] = EntityField<TRow>.OfText(row => row.IncrementId),
        ["order_id"] = EntityField<TRow>.OfNumber(row => row.OrderId),
        ["store_id"] = EntityField<TRow>.OfNumber(row => row.StoreId),
        ["created_at"] = EntityField<TRow>.OfDate(row => row.CreatedAt),
        ["updated_at"] = EntityField<TRow>.OfDate(row => row.UpdatedAt),
    };

    public static Dictionary<string, EntityField<TRow>> OfMoney<TRow>() where TRow : MoneyDocumentRow => new(Of<TRow>())
    {
        ["state"] = EntityField<TRow>.OfNumber(_ => 2),
        ["grand_total"] = EntityField<TRow>.OfNumber(row => row.GrandTotal),
        ["transaction_id"] = EntityField<TRow>.OfText(row => row.TransactionId),
    };
}

internal sealed class InvoiceEntity : FlatEntity<InvoiceRow>
{
    public static readonly InvoiceEntity Instance = new();

    public override string Name => EntityNames.Invoice;
    public override string Resource => "Magento_Sales::sales_invoice";
    public override RecordSet<InvoiceRow> Rows(MagentoStore store) => store.Invoices;
    public override IReadOnlyDictionary<string, EntityField<InvoiceRow>> Fields { get; } = DocumentFields.OfMoney<InvoiceRow>().ToFrozenDictionary();
}

internal sealed class ShipmentEntity : FlatEntity<ShipmentRow>
{
    public static readonly ShipmentEntity Instance = new();

    public override string Name => EntityNames.Shipment;
    public override string Resource => "Magento_Sales::shipment";
    public override RecordSet<ShipmentRow> Rows(MagentoStore store) => store.Shipments;

    public override IReadOnlyDictionary<string, EntityField<ShipmentRow>> Fields { get; } =
        new Dictionary<string, EntityField<ShipmentRow>>(DocumentFields.Of<ShipmentRow>())
        {
            ["customer_id"] = EntityField<ShipmentRow>.OfNumber(row => row.CustomerId),
            ["total_qty"] = EntityField<ShipmentRow>.OfNumber(row => row.Items.Sum(units => units.Quantity)),
        }.ToFrozenDictionary();
}

internal sealed class CreditMemoEntity : FlatEntity<CreditMemoRow>
{
    public static readonly CreditMemoEntity Instance = new();

    public override string Name => EntityNames.Accounting;
    public override string Resource => "Magento_Sales::sales_creditmemo";
    public override RecordSet<CreditMemoRow> Rows(MagentoStore store) => store.CreditMemos;
    public override IReadOnlyDictionary<string, EntityField<CreditMemoRow>> Fields { get; } = DocumentFields.OfMoney<CreditMemoRow>().ToFrozenDictionary();
}
