namespace XtndOrleans.Connectors.Magento;

/// <summary>Whether stock can be read, and whether the store keeps it by source.</summary>
internal static class StockProbe
{
    const string Inventory = "Magento_InventoryApi";

    /// <summary>Asks for one source item and, in a store that does not know them, for one stock item.</summary>
    /// <returns>The finding, and <see cref="StoreProfile.Stock"/>.</returns>
    public static async Task<(EntityFinding Finding, string? Stock)> Try(EntityProbe probe, StoreProbe store, StoreSession session, CancellationToken cancellationToken)
    {
        var sources = await probe.Try(session with { Stock = MagentoEntity.Sources }, Entities.Stock, cancellationToken);
        // A right that is missing is a route that exists.
        if (sources.Failure is null or { Kind: FailureKind.Permission } || (await store.Modules(session, cancellationToken))?.Contains(Inventory) == true)
        {
            return (sources, MagentoEntity.Sources);
        }
        return sources.Failure is { Kind: FailureKind.Data, Status: 404 }
            ? (await probe.Try(session with { Stock = MagentoEntity.Legacy }, Entities.Stock, cancellationToken), MagentoEntity.Legacy)
            : (sources, null);
    }
}
