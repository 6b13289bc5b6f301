namespace XtndOrleans.Connectors.Magento;

/// <summary>Answers that refuse an integration itself, not something that it may not read.</summary>
internal static class IntegrationRefusal
{
    const string Where = "in Magento's administration under System > Integrations, and that the integration is active";

    /// <summary>
    /// The refusal that the answer to a signed request stands for; null when it is none. A missing right is named in the parameters and is no refusal; a nonce
    /// that was used has a list for them, and the next request will have another.
    /// </summary>
    public static ConnectorException? OfSignature(int status, MagentoError error) => (status, error) switch
    {
        (401, { HasMessage: true, HasListOfParameters: true }) => new(
            FailureKind.StoreDown, FailureCodes.SignatureUsed, "The store says that it has seen this signed request before.",
            "Nothing needs to be done: the next request is signed anew. If it stays, something in front of the store sends requests twice.")
        {
            Status = status,
        },
        (401, { HasMessage: true, HasDetails: false }) or (400, { Saying: Saying.UnknownToken }) => new(
            FailureKind.Credentials, FailureCodes.CredentialsRejected, "Magento refused the integration's signature.", Cure(error.Saying))
        {
            Status = status,
        },
        _ => null,
    };

    /// <summary>What it means that a store lets an access token alone read nothing at all: the answer is the one for a missing right.</summary>
    public static ConnectorException OfBearer() => new(
        FailureKind.Credentials, FailureCodes.CredentialsRejected, "The store refused the access token for everything there is to read.",
        "Since 2.4.4 Magento takes an access token alone only after bin/magento config:set oauth/consumer/enable_integration_as_bearer 1. "
        + $"Run that, or give all four values of the integration. If that is done, check the access token {Where} and may read something.")
    {
        Status = 401,
    };

    static string Cure(Saying saying) => saying switch
    {
        Saying.InvalidSignature =>
            $"Check the consumer secret and the access token secret {Where}. If both are right, the store may see another address than the one typed here: http or https, host and port must be the same.",
        Saying.UnknownToken => $"Check the access token {Where}: reauthorizing an integration makes a new one.",
        Saying.UnknownConsumer => $"Check the consumer key {Where}.",
        Saying.InvalidTime => "The store's clock is more than ten minutes behind the one it was measured by. Set the store's clock, then verify the connection.",
        _ => $"Check all four values {Where}.",
    };
}
