using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>What a connection may sign in with. Pure. Errors are told beside the field, by its place in the JSON of the REST API.</summary>
internal static class SignInRules
{
    const int LongestCredential = 1000;
    const string Missing = "This must not be empty.";

    /// <summary>Reads a draft; null with errors added when something is wrong.</summary>
    public static ConnectionSignIn? Check(ConnectionDraft draft, IConnector? connector, Dictionary<string, string[]> errors)
    {
        var before = errors.Count;
        var auth = draft.Auth;
        var signIn = auth?.Kind switch
        {
            null when auth is null => Password(draft, null, errors),
            SignInKinds.Password => Password(draft, auth, errors),
            SignInKinds.Integration => Integration(draft, auth!, errors),
            _ => Unknown(errors),
        };
        if (signIn is { } found && (found.TotpSecret ?? found.Integration as object) is not null && connector?.Description.SignIns.Any(way => way.Kind == found.Kind) == false)
        {
            errors["auth.kind"] = [$"{connector.Description.Name} has no such way to sign in."];
        }

        return errors.Count > before ? null : signIn;
    }

    /// <summary>What a draft of a change amounts to: what it leaves out stays, as long as the kind does. An integration is always given whole.</summary>
    public static (string? AccessToken, string? Secret, AuthDraft? Auth) Apply(ConnectionPatch patch, ConnectionSignIn present)
    {
        if (patch.Auth is null && present.Integration is { } kept)
        {
            var auth = new AuthDraft(SignInKinds.Integration, null, kept.ConsumerKey, kept.ConsumerSecret, kept.AccessToken, kept.AccessTokenSecret);
            return (patch.AccessToken, patch.Secret, auth);
        }

        if (patch.Auth is { Kind: not SignInKinds.Password } || present.Integration is not null)
        {
            return (patch.AccessToken, patch.Secret, patch.Auth);
        }

        var second = patch.Auth?.TotpSecret ?? present.TotpSecret;
        return (
            patch.AccessToken ?? present.UserName, patch.Secret ?? present.Password,
            patch.Auth is null && second is null ? null : (patch.Auth ?? new(SignInKinds.Password, null, null, null, null, null)) with { TotpSecret = second });
    }

    /// <summary>What of the saved credentials a change would send on, and where that must be typed again; null when all is typed anew.</summary>
    public static string? StillSaved(ConnectionPatch patch, ConnectionSignIn wanted) => wanted switch
    {
        { Integration: not null } => patch.Auth is null ? "auth" : null,
        _ when patch.Secret is null => "secret",
        { TotpSecret: not null } when string.IsNullOrEmpty(patch.Auth?.TotpSecret) => "auth.totpSecret",
        _ => null,
    };

    static ConnectionSignIn Password(ConnectionDraft draft, AuthDraft? auth, Dictionary<string, string[]> errors)
    {
        ConnectionRules.CheckText("accessToken", draft.AccessToken, LongestCredential, errors);
        ConnectionRules.CheckText("secret", draft.Secret, LongestCredential, errors);
        foreach (var (field, value) in Values(auth))
        {
            Refuse(field, value, "Only an integration has this; leave it out or choose the kind integration.", errors);
        }

        var second = string.IsNullOrWhiteSpace(auth?.TotpSecret) ? null : auth.TotpSecret.Trim();
        if (second is not null && (second.Length > LongestCredential || !Totp.TryReadSecret(second, out _)))
        {
            errors["auth.totpSecret"] = ["Type the secret that is shown beside the QR code: letters and the digits 2 to 7, 16 of them or more. It is not the code of six digits."];
        }

        return new(draft.AccessToken?.Trim() ?? "", draft.Secret ?? "", second, null);
    }

    static ConnectionSignIn Integration(ConnectionDraft draft, AuthDraft auth, Dictionary<string, string[]> errors)
    {
        Refuse("accessToken", draft.AccessToken, "Leave this out: an integration signs in with the values in auth.", errors);
        Refuse("secret", draft.Secret, "Leave this out: an integration signs in with the values in auth.", errors);
        Refuse("auth.totpSecret", auth.TotpSecret, "Leave this out: an integration has no second factor.", errors);
        var values = Values(auth);
        var whole = values.Any(value => value.Field != "auth.accessToken" && !string.IsNullOrWhiteSpace(value.Text));
        foreach (var (field, value) in values)
        {
            Check(field, value, required: whole || field == "auth.accessToken", errors);
        }

        return new("", "", null, new(auth.ConsumerKey?.Trim() ?? "", auth.ConsumerSecret?.Trim() ?? "", auth.AccessToken?.Trim() ?? "", auth.AccessTokenSecret?.Trim() ?? ""));
    }

    // They become a header: one word of what may stand in one.
    static void Check(string field, string? text, bool required, Dictionary<string, string[]> errors)
    {
        var word = text?.Trim() ?? "";
        if (word.Length == 0 && required)
        {
            errors[field] = [field == "auth.accessToken" ? Missing : $"{Missing} An integration has four values; only the access token may be given alone."];
        }
        else if (word.Length > LongestCredential || word.Any(c => !char.IsAsciiLetterOrDigit(c) && !"-._~+/=".Contains(c, StringComparison.Ordinal)))
        {
            errors[field] = ["This must be one word of letters and digits, as Magento shows it."];
        }
    }

    static void Refuse(string field, string? text, string why, Dictionary<string, string[]> errors)
    {
        if (!string.IsNullOrEmpty(text))
        {
            errors[field] = [why];
        }
    }

    static (string Field, string? Text)[] Values(AuthDraft? auth) =>
    [
        ("auth.consumerKey", auth?.ConsumerKey), ("auth.consumerSecret", auth?.ConsumerSecret),
        ("auth.accessToken", auth?.AccessToken), ("auth.accessTokenSecret", auth?.AccessTokenSecret),
    ];

    static ConnectionSignIn? Unknown(Dictionary<string, string[]> errors)
    {
        errors["auth.kind"] = [$"Choose {SignInKinds.Password} or {SignInKinds.Integration}."];
        return null;
    }
}
