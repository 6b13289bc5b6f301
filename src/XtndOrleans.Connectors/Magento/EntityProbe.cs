namespace XtndOrleans.Connectors.Magento;

/// <summary>Whether one entity can be read.</summary>
internal static class EntityProbe
{
    /// <summary>Asks for one record. The failure is null when the entity can be read.</summary>
    public static async Task<(VerifiedEntity Entity, ConnectorException? Failure)> Try(
        MagentoClient client, StoreSession session, MagentoEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            return (new VerifiedEntity(entity.Name, Ok: true, await Count(client, session, entity, cancellationToken), MissingPermission: null, Cure: null), null);
        }
        catch (ConnectorException failure)
        {
            // The token is seconds old, so a refusal is a missing right.
            var meant = failure.AsPermissionMissing();
            var cure = meant is { Kind: FailureKind.Permission, MissingPermission: { } missing } ? MagentoPermissions.Where(missing) : meant.Cure;
            return (new VerifiedEntity(entity.Name, Ok: false, Count: null, meant.MissingPermission, cure), meant);
        }
        catch (OperationCanceledException)
        {
            // The other entities' findings are kept, so this one's time-out is a finding too.
            var failure = VerifyFailures.TimedOut();
            return (new VerifiedEntity(entity.Name, Ok: false, Count: null, MissingPermission: null, failure.Cure), failure);
        }
    }

    static async Task<long?> Count(MagentoClient client, StoreSession session, MagentoEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            using var page = await client.Read(session, new PageRequest(entity.Name, AfterId: null, ChangedSince: null, Size: 1), cancellationToken);
            return page.Total;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data && failure.Code == FailureCodes.StoreError)
        {
            // The first record may be a broken one. A list of nothing proves the right as well; a sync works round the record.
            using var answer = await client.Get(new Uri(session.BaseAddress, MagentoQuery.Nothing(entity, 1)), session, cancellationToken);
            return null;
        }
    }
}
