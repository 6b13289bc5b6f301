namespace XtndOrleans.Connectors.Magento;

/// <summary>Makes sure that a store knows the credentials: a user signs in, an integration reads.</summary>
internal sealed class IntegrationProbe(MagentoClient client, TimeProvider clock)
{
    /// <summary>The token; throws when the credentials are refused or the store does not answer. A missing right is no refusal.</summary>
    public async Task<StoreToken> Prove(StoreAccount account, CancellationToken cancellationToken)
    {
        var token = await client.SignIn(account, cancellationToken);
        if (account.Integration is { } integration)
        {
            var session = MagentoAuthorization.Session(account, token, clock);
            // The refusal of a bearer token looks like a missing right, so one thing must be readable; a refused signature says so itself.
            var reads = false;
            foreach (var entity in MagentoEntity.All.Take(integration.Signs ? 1 : int.MaxValue))
            {
                reads = reads || await Reads(session, entity, cancellationToken);
            }
            if (!integration.Signs && !reads)
            {
                throw IntegrationRefusal.OfBearer();
            }
        }
        return token;
    }

    async Task<bool> Reads(StoreSession session, MagentoEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            using var page = await client.Read(session, new PageRequest(entity.Name, AfterId: null, ChangedSince: null, Size: 1), cancellationToken);
            return true;
        }
        catch (ConnectorException failure) when (failure.Kind is FailureKind.Unauthorized or FailureKind.Data)
        {
            // A page that cannot be delivered comes after the check of the right.
            return failure.Kind == FailureKind.Data;
        }
    }
}
