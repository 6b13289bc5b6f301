namespace XtndOrleans.Simulator;

/// <summary>What happens to invoices, shipments and credit memos once they are there. Each says whether <c>updated_at</c> moves.</summary>
public sealed class DocumentDesk
{
    readonly MagentoStore store;

    internal DocumentDesk(MagentoStore store) => this.store = store;

    long Now => store.Clock.DatabaseSecond;

    /// <summary>POST /shipment/track; moves neither the shipment nor its order.</summary>
    public bool AddTrack(int shipment, string number)
    {
        var now = Now;
        return store.Shipments.Change(shipment, row => row with { Tracks = [.. row.Tracks, DocumentFactory.Track(row, number, now)] });
    }

    /// <summary>The shipment's own row; moves.</summary>
    public bool Weigh(int shipment, decimal weight) =>
        store.Shipments.Change(shipment, row => row with { Weight = weight, UpdatedAt = Now });

    /// <summary>The invoice's own row; moves.</summary>
    public bool NotePayment(int invoice, string transaction) =>
        store.Invoices.Change(invoice, row => row with { TransactionId = transaction, UpdatedAt = Now });

    /// <summary>The credit memo's own row; moves.</summary>
    public bool NoteRepayment(int creditMemo, string transaction) =>
        store.CreditMemos.Change(creditMemo, row => row with { TransactionId = transaction, UpdatedAt = Now });

    /// <summary>A comment, in a table of its own; does not move.</summary>
    public bool CommentInvoice(int invoice, string text) =>
        store.Invoices.Change(invoice, row => row with { Comments = [.. row.Comments, text] });

    /// <inheritdoc cref="CommentInvoice"/>
    public bool CommentCreditMemo(int creditMemo, string text) =>
        store.CreditMemos.Change(creditMemo, row => row with { Comments = [.. row.Comments, text] });

    /// <summary>As only a module for deleting can; the order stays as it is. The number that existed.</summary>
    public int DeleteInvoices(params IReadOnlyCollection<int> ids) => store.Invoices.Delete(ids);

    /// <inheritdoc cref="DeleteInvoices"/>
    public int DeleteShipments(params IReadOnlyCollection<int> ids) => store.Shipments.Delete(ids);

    /// <inheritdoc cref="DeleteInvoices"/>
    public int DeleteCreditMemos(params IReadOnlyCollection<int> ids) => store.CreditMemos.Delete(ids);

    /// <summary>The database deletes them with their orders.</summary>
    internal void DeleteOf(HashSet<int> orders)
    {
        Delete(store.Invoices, orders);
        Delete(store.Shipments, orders);
        Delete(store.CreditMemos, orders);
    }

    static void Delete<TRow>(RecordSet<TRow> rows, HashSet<int> orders) where TRow : DocumentRow
    {
        int[] ids = [.. rows.Snapshot.Where(row => orders.Contains(row.OrderId)).Select(row => row.Id)];
        if (ids.Length > 0) rows.Delete(ids);
    }
}
