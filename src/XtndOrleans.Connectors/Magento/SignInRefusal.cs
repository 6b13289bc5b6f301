namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// Answers to a sign-in that ask a person to act. Trying again does harm: six wrong passwords lock the user, and two-factor sends an e-mail each time.
/// </summary>
internal static class SignInRefusal
{
    const string OrIntegration = "or connect with an integration, which needs no second factor";

    /// <summary>The refusal that an answer stands for; null when it is none.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="error">What the body says.</param>
    /// <param name="withCode">Whether a code of a second factor was sent.</param>
    public static ConnectorException? From(int status, MagentoError error, bool withCode) => (status, error) switch
    {
        (401, { IsJson: true }) => Unauthorized(error.Saying, withCode),
        (400, { ActiveProviders: > 0 }) => Refusal(
            400, FailureCodes.TwoFactorRequired, "Magento asks this user for a second factor.",
            $"Give the TOTP secret of the user's Google Authenticator (auth.totpSecret), {OrIntegration}."),
        (400, { ActiveProviders: 0 }) => Refusal(
            400, FailureCodes.TwoFactorNotConfigured, "Magento wants this user to set up two-factor authentication first.",
            $"Sign in to Magento's administration as this user, set up Google Authenticator and give its secret here, {OrIntegration}. Every attempt sends the user an e-mail."),
        (400, { IsJson: true, HasDetails: false, IsWrongPath: false }) => withCode
            ? Refusal(
                400, FailureCodes.TwoFactorNotConfigured, "This user has not set up Google Authenticator, or the store does not allow it as a second factor.",
                $"Set it up in Magento's administration as this user and give its secret here, {OrIntegration}.")
            : Refusal(
                400, FailureCodes.TwoFactorNotConfigured, "Magento wants two-factor authentication to be set up first.",
                $"Ask the store's administrator to set it up (Stores > Configuration > Security > 2FA), {OrIntegration}."),
        (404, { IsJson: true, HasMessage: true }) when withCode => Refusal(
            404, FailureCodes.TwoFactorNotConfigured, "This store has no sign-in with a second factor.",
            "Take the TOTP secret out: its two-factor authentication is turned off. If it is not, check the API URL."),
        _ => null,
    };

    static ConnectorException Unauthorized(Saying saying, bool withCode) => (saying, withCode) switch
    {
        (Saying.AdobeIms, _) => Refusal(
            401, FailureCodes.CredentialsRejected, "In this store administration users sign in with Adobe IMS, so Magento gives no tokens for a user name and a password.",
            "Connect with an integration: System > Integrations in Magento's administration."),
        (Saying.InvalidCode, _) => Refusal(
            401, FailureCodes.TwoFactorRejected, "Magento accepted the password and refused the code of the second factor.",
            "Check the TOTP secret: it is the text beside the QR code, not a code of six digits. If it is right, the store's clock may be wrong: codes change every 30 seconds."),
        (_, true) => Refusal(
            401, FailureCodes.CredentialsRejected, "Magento refused the user name, the password or the code of the second factor. It says the same when the user is disabled, or locked after wrong attempts.",
            "Check all three: System > Permissions > All Users, and Locked Users. Wrong attempts lock a user for half an hour."),
        _ => Refusal(
            401, FailureCodes.CredentialsRejected, "Magento refused the user name and password. It says the same when the user is disabled, or locked after wrong attempts.",
            "Check both in Magento's administration: System > Permissions > All Users, and Locked Users. Wrong attempts lock a user for half an hour."),
    };

    static ConnectorException Refusal(int status, string code, string message, string cure) => new(FailureKind.Credentials, code, message, cure) { Status = status };
}
