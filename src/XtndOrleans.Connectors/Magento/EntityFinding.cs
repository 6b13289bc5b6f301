namespace XtndOrleans.Connectors.Magento;

/// <summary>Whether one entity can be read.</summary>
/// <param name="Entity">What the report says of it.</param>
/// <param name="Failure">Why it cannot be read; null when it can.</param>
internal sealed record EntityFinding(VerifiedEntity Entity, ConnectorException? Failure)
{
    /// <summary>Whether it is only this entity that cannot be read: a right is missing, or its list is broken. Else the store itself was not well.</summary>
    public bool IsAlone => Failure is null or { Kind: FailureKind.Permission or FailureKind.Data or FailureKind.Rejected };
}
