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

    /// <summary>POST /orders/:id/hold; moves.</summary>
    public bool Hold(int id) => Save(id, row => row.State == "holded" ? row : row with { State = "holded", Status = "holded", BeforeHold = (row.State, row.Status) });

    /// <summary>POST /orders/:id/unhold; moves.</summary>
    public bool Unhold(int id) => Save(id, row => row.BeforeHold is not { } before ? row : row with { State = before.State, Status = before.Status, BeforeHold = null });

    /// <summary>POST /order/:id/invoice; moves.</summary>
    public bool Invoice(int id) => Save(id, row => row with { Invoiced = true, State = "processing", Status = "processing" });

    /// <summary>A credit memo for all; moves.</summary>
    public bool Refund(int id) => Save(id, row => row with { Invoiced = true, Refunded = true, State = "closed", Status = "closed" });

    /// <summary>POST /orders/:id/comments; does not move.</summary>
    public bool Comment(int id, string text)
    {
        var now = store.Clock.DatabaseSecond;
        return Quietly(id, row => row with { Comments = [.. row.Comments, new((row.Id * 16) + row.Comments.Count, text, row.Status, now)] });
    }

    /// <summary>An address edited in the admin; does not move.</summary>
    public bool ChangeCity(int id, string city) => Quietly(id, row => row with { City = city });

    /// <summary>A shipment that does not complete the order; does not move.</summary>
    public bool ShipPartly(int id) => Quietly(id, row => row with { Shipped = row.Shipped + 1 });

    /// <summary>Bends the record's JSON by a merge patch (RFC 7396); the filters do not see it.</summary>
    public bool Patch(int id, JsonObject? patch, bool moves = true) =>
        moves ? Save(id, row => row with { Patch = patch }) : Quietly(id, row => row with { Patch = patch });

    /// <summary>Places orders under the next free ids, in the present second.</summary>
    public IReadOnlyList<OrderRow> Add(int count = 1)
    {
        var now = store.Clock.DatabaseSecond;
        return store.Orders.Add(count, id => factory.New(id, now));
    }

    /// <summary>Deletes, as only a module for that can; no list will ever tell. The number that existed.</summary>
    public int Delete(params IReadOnlyCollection<int> ids) => store.Orders.Delete(ids);

    bool Save(int id, Func<OrderRow, OrderRow> change) =>
        store.Orders.Change(id, row => change(row) with { UpdatedAt = store.Clock.DatabaseSecond });

    bool Quietly(int id, Func<OrderRow, OrderRow> change) => store.Orders.Change(id, change);
}
