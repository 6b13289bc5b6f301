using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads the object at which the reader stands, to its end.</summary>
internal delegate RawRecord RecordReader(ref Utf8JsonReader reader);

/// <summary>One entity of Magento's API.</summary>
/// <param name="Name">One of <see cref="Entities"/>.</param>
/// <param name="Path">Its list, relative to the base address.</param>
/// <param name="Permission">The right that reading its list needs.</param>
/// <param name="Read">How a record is read.</param>
internal sealed record MagentoEntity(string Name, string Path, string Permission, RecordReader Read)
{
    /// <summary>All entities, in the order in which they are shown.</summary>
    public static IReadOnlyList<MagentoEntity> All { get; } =
    [
        new(Entities.Product, "products", "Magento_Catalog::products", ProductReader.Read),
        new(Entities.Order, "orders", "Magento_Sales::actions_view", OrderReader.Read),
    ];

    /// <summary>The entity of a name; throws when the connector has none.</summary>
    public static MagentoEntity Named(string name) =>
        All.FirstOrDefault(e => e.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "Magento's connector has no such entity.");
}
