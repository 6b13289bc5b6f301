namespace XtndOrleans.Connectors.Magento;

/// <summary>Failures that only a verify knows.</summary>
internal static class VerifyFailures
{
    /// <summary>A step's share of the time ended before the store answered.</summary>
    public static ConnectorException TimedOut() => new(
        FailureKind.StoreDown, FailureCodes.Timeout, "The store did not answer in time.",
        "Try again. If it stays, ask the store's hosting provider whether it is overloaded, or whether a firewall drops this server's requests.");
}
