using System.Text.Json.Nodes;

namespace XtndOrleans.Simulator;

/// <summary>What happens to orders. Each says whether <c>updated_at</c> moves, as measured on a real store.</summary>
public sealed class SalesDesk
{
    readonly MagentoStore store;
    readonly OrderFactory factory;

    internal SalesDesk(MagentoStore store, OrderFactory factory) => (this.store, this.factory) = (store, factory);

    /// <summary>Another state and status; moves.</summary>
    public bool SetStatus(int id, string state, string status) => Save(id, row => row with { State = state, Status = status });

    /// <summary>POST /orders/:id/hold; moves. False when it is on hold already.</summary>
    public bool Hold(int id) => Take(id, row => row.BeforeHold is null,
        row => Moved(row with { State = "holded", Status = "holded", BeforeHold = (row.State, row.Status) })) is not null;

    /// <summary>POST /orders/:id/unhold; moves. False when it is not on hold.</summary>
    public bool Unhold(int id) => Take(id, row => row.BeforeHold is not null,
        row => Moved(row with { State = row.BeforeHold!.Value.State, Status = row.BeforeHold.Value.Status, BeforeHold = null })) is not null;

    /// <summary>POST /order/:id/invoice, for all of it; moves. Null when it has an invoice already, or is on hold, canceled or closed.</summary>
    public InvoiceRow? MakeInvoice(int id)
    {
        var order = Take(id, row => !row.Invoiced && IsOpen(row), row => Moved(Settled(row with { Invoiced = true })));
        return order is null ? null : store.Invoices.Add(1, next => DocumentFactory.Invoice(order, next, Now))[0];
    }

    /// <inheritdoc cref="MakeInvoice"/>
    public bool Invoice(int id) => MakeInvoice(id) is not null;

    /// <summary>POST /order/:id/refund, for all of it; moves. An order without an invoice gets one first. Null when it has been refunded.</summary>
    public CreditMemoRow? MakeRefund(int id)
    {
        MakeInvoice(id);
        var order = Take(id, row => row is { Invoiced: true, Refunded: false }, row => Moved(row with { Refunded = true, State = "closed", Status = "closed" }));
        return order is null ? null : store.CreditMemos.Add(1, next => DocumentFactory.CreditMemo(order, next, Now))[0];
    }

    /// <inheritdoc cref="MakeRefund"/>
    public bool Refund(int id) => MakeRefund(id) is not null;

    /// <summary>
    /// POST /order/:id/ship, of so many units or of all that are left; moves only when nothing is left after it.
    /// Null when nothing was left before it, or it is on hold, canceled or closed.
    /// </summary>
    public ShipmentRow? Ship(int id, int? units = null)
    {
        var (skip, count) = (0, 0);
        var order = Take(id, row => row.Shipped < row.Units && IsOpen(row), row =>
        {
            (skip, count) = (row.Shipped, Math.Clamp(units ?? int.MaxValue, 1, row.Units - row.Shipped));
            var shipped = row with { Shipped = skip + count };
            return shipped.Shipped == shipped.Units ? Moved(Settled(shipped)) : shipped;
        });
        return order is null ? null : store.Shipments.Add(1, next => DocumentFactory.Shipment(order, next, skip, count, Now))[0];
    }

    /// <summary>Edits an order in the admin: it is canceled, and a new one with -1 at the end of its number takes its place. Null when it cannot be.</summary>
    public OrderRow? Edit(int id)
    {
        var now = Now;
        if (store.Orders.Find(id) is not { Invoiced: false, Shipped: 0, Edited: null } old || old.State is "canceled") return null;
        var made = store.Orders.Add(1, next => OrderFactory.Replace(old, factory.New(next, now), now).New)[0];
        store.Orders.Change(id, row => OrderFactory.Replace(row, made, now).Old);
        return made;
    }

    /// <summary>POST /orders/:id/comments; does not move.</summary>
    public bool Comment(int id, string text)
    {
        var now = Now;
        return Quietly(id, row => row with { Comments = [.. row.Comments, new((row.Id * 16) + row.Comments.Count, text, row.Status, now)] });
    }

    /// <summary>An address edited in the admin; does not move.</summary>
    public bool ChangeCity(int id, string city) => Quietly(id, row => row with { City = city });

    /// <summary>A shipment of one unit; as <see cref="Ship"/>.</summary>
    public bool ShipPartly(int id) => Ship(id, 1) is not null;

    /// <summary>Bends the record's JSON by a merge patch (RFC 7396); the filters do not see it.</summary>
    public bool Patch(int id, JsonObject? patch, bool moves = true) =>
        moves ? Save(id, row => row with { Patch = patch }) : Quietly(id, row => row with { Patch = patch });

    /// <summary>Places orders under the next free ids, in the present second. Neither products, nor stock, nor customers change.</summary>
    public IReadOnlyList<OrderRow> Add(int count = 1)
    {
        var now = Now;
        return store.Orders.Add(count, id => factory.New(id, now));
    }

    /// <summary>Deletes, as only a module for that can, the orders and their papers; no list will ever tell. The number that existed.</summary>
    public int Delete(params IReadOnlyCollection<int> ids)
    {
        store.Documents.DeleteOf(ids.ToHashSet());
        return store.Orders.Delete(ids);
    }

    long Now => store.Clock.DatabaseSecond;

    bool Save(int id, Func<OrderRow, OrderRow> change) => store.Orders.Change(id, row => Moved(change(row)));

    OrderRow Moved(OrderRow row) => row with { UpdatedAt = Now };

    /// <summary>Processing once anything is done about it, complete when all is.</summary>
    static OrderRow Settled(OrderRow row)
    {
        var done = row.Invoiced && row.Shipped == row.Units ? "complete" : "processing";
        return row with { State = done, Status = done };
    }

    static bool IsOpen(OrderRow row) => row.State is not ("closed" or "canceled" or "holded");

    /// <summary>Changes the order if it is fit for that; what it is then, or null.</summary>
    OrderRow? Take(int id, Func<OrderRow, bool> fit, Func<OrderRow, OrderRow> change)
    {
        OrderRow? changed = null;
        store.Orders.Change(id, row => fit(row) ? changed = change(row) : row);
        return changed;
    }

    bool Quietly(int id, Func<OrderRow, OrderRow> change) => store.Orders.Change(id, change);
}
