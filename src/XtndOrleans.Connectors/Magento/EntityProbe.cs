namespace XtndOrleans.Connectors.Magento;

/// <summary>Finds out whether an entity can be read.</summary>
internal sealed class EntityProbe(MagentoClient client, Turns turns)
{
    /// <summary>Asks for one record. Never throws for what the store does.</summary>
    public async Task<EntityFinding> Try(StoreSession session, string entity, CancellationToken cancellationToken)
    {
        try
        {
            return new(new(entity, Ok: true, await turns.Take(() => Count(session, entity, cancellationToken), cancellationToken), MissingPermission: null, Cure: null), null);
        }
        catch (ConnectorException failure)
        {
            // The token is seconds old, so a refusal is a missing right.
            var meant = failure.AsPermissionMissing();
            var cure = meant is { Kind: FailureKind.Permission, MissingPermission: { } missing } ? MagentoPermissions.Where(missing) : meant.Cure;
            return new(new(entity, Ok: false, Count: null, meant.MissingPermission, cure), meant);
        }
        catch (OperationCanceledException)
        {
            // The other entities' findings are kept, so this one's time-out is a finding too.
            var failure = VerifyFailures.TimedOut();
            return new(new(entity, Ok: false, Count: null, MissingPermission: null, failure.Cure), failure);
        }
    }

    async Task<long?> Count(StoreSession session, string entity, CancellationToken cancellationToken)
    {
        try
        {
            using var page = await client.Read(session, new PageRequest(entity, AfterId: null, ChangedSince: null, Size: 1), cancellationToken);
            return page.Total;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && failure.Code == FailureCodes.StoreError)
        {
            // The first record may be a broken one. A list of nothing proves the right as well; a sync works round the record.
            var nothing = MagentoQuery.Nothing(MagentoEntity.Named(entity, session.Stock), 1);
            using var answer = await client.Get(new Uri(session.BaseAddress, nothing), session, cancellationToken);
            return null;
        }
    }
}
