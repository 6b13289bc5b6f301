using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Faults;

/// <summary>Every entity: for theories whose line holds for all of them.</summary>
public sealed class EveryEntity : TheoryData<string>
{
    public static readonly string[] Names =
        [Entities.Product, Entities.Order, Entities.Invoice, Entities.Shipment, Entities.Accounting, Entities.Customer, Entities.Stock];

    public EveryEntity() => AddRange(Names);
}

/// <summary>The entities of which a store can tell what changed: all but stock.</summary>
public sealed class EntitiesWithDeltas : TheoryData<string>
{
    public static readonly string[] Names = [.. EveryEntity.Names.Except([Entities.Stock])];

    public EntitiesWithDeltas() => AddRange(Names);
}
