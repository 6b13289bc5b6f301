namespace XtndOrleans.Simulator;

/// <summary>Checks credentials: throttle, password, two-factor, in Magento's order and with its one text for all refusals.</summary>
internal sealed class SignIn(MagentoStore store)
{
    public const string Refusal = "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.";

    readonly Lock gate = new();

    public string Token(string name, string password)
    {
        if (name.Length == 0 || password.Length == 0) throw Missing(name, password);
        var user = Check(name, password);
        if (user.TotpSecret is not null) throw Required();
        return store.Settings.TwoFactor == TwoFactorMode.Off ? store.Tokens.Issue(user) : throw SecondFactor();
    }

    /// <summary>Signs in with the code of a user's Google Authenticator. A store without two-factor authentication has no such route.</summary>
    public string Token(string name, string password, string code)
    {
        if (store.Settings.TwoFactor == TwoFactorMode.Off && store.Users.Find(name)?.TotpSecret is null) throw MagentoError.NoRoute();
        if (name.Length == 0 || password.Length == 0) throw Missing(name, password);
        var user = Check(name, password);
        if (user.TotpSecret is not { } secret) throw new MagentoError(400, "Provider is not configured.");
        return OneTimeCode.Fits(secret, code, store.Clock.Now) ? store.Tokens.Issue(user) : throw new MagentoError(401, "Invalid code.");
    }

    static TwoFactorError Required() => new("Please use the 2fa provider-specific endpoints to obtain a token.", null, "google");

    static MagentoError Missing(string name, string password)
    {
        if (name.Length > 0) return MagentoError.Required("password");
        if (password.Length > 0) return MagentoError.Required("username");
        return new(400, "One or more input exceptions have occurred.")
        {
            Errors = [MagentoError.Required("username"), MagentoError.Required("password")],
        };
    }

    StoreUser Check(string name, string password)
    {
        lock (gate)
        {
            var user = store.Users.Find(name) ?? throw new MagentoError(401, Refusal);
            var now = store.Clock.Now;
            if (user.Failures >= store.Settings.LockAfter && user.LockedUntil > now) throw new MagentoError(401, Refusal) { OpensSession = false };
            if (user.Password == password && user.Active)
            {
                user.Failures = 0;
                return user;
            }
            user.Failures++;
            user.LockedUntil = now + store.Settings.LockFor;
            throw new MagentoError(401, Refusal);
        }
    }

    MagentoError SecondFactor()
    {
        switch (store.Settings.TwoFactor)
        {
            case TwoFactorMode.Required:
                return Required();
            case TwoFactorMode.NotConfigured:
                store.Settings.TwoFactorMails++;
                return new TwoFactorError(
                    "You are required to configure personal Two-Factor Authorization in order to login. Please check your email.", "google", null);
            default:
                return new(400, "Please ask an administrator with sufficient access to configure 2FA first");
        }
    }
}
