namespace XtndOrleans.Connectors.Magento;

/// <summary>The ways to sign in beside user name and password.</summary>
internal static class MagentoSignIns
{
    const string AccessTokenHelp = "The access token of an active integration: System > Extensions > Integrations.";

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<SystemSignIn> All { get; } =
    [
        new(SignInKinds.Password, "User with a second factor",
        [
            new("accessToken", "User name", "The user name of an administration user whose role may read what is to be synchronized.", Secret: false),
            new("secret", "Password", "That user's password. It is stored encrypted and never shown again.", Secret: true),
            new("auth.totpSecret", "TOTP secret", "The text that Magento shows beside the QR code when Google Authenticator is set up for this user. Was it set up before: reset it under System > Permissions > All Users, the user, 2FA.", Secret: true),
        ]),
        new(SignInKinds.Integration, "Integration",
        [
            new("auth.consumerKey", "Consumer key", "Shown when the integration is activated: System > Extensions > Integrations.", Secret: true),
            new("auth.consumerSecret", "Consumer secret", "Shown beside the consumer key.", Secret: true),
            new("auth.accessToken", "Access token", AccessTokenHelp, Secret: true),
            new("auth.accessTokenSecret", "Access token secret", "Shown beside the access token.", Secret: true),
        ]),
        new(SignInKinds.Integration, "Integration, access token alone",
        [
            new("auth.accessToken", "Access token", $"{AccessTokenHelp} Since 2.4.4 the store must allow it: Stores > Configuration > Services > OAuth > Consumer Settings, or bin/magento config:set oauth/consumer/enable_integration_as_bearer 1.", Secret: true),
        ]),
    ];
}
