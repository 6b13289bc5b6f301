using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>What a connection may be made of. Pure: no request, no database.</summary>
internal static class ConnectionRules
{
    const int LongestName = 200;
    const int LongestUrl = 2000;
    const int LongestNote = 500;

    /// <summary>Checks a draft. Throws <see cref="ProblemException"/> with all that is wrong at once.</summary>
    public static CheckedConnection Check(ConnectionDraft draft, ConnectorCatalog catalog)
    {
        Dictionary<string, string[]> errors = [];
        var connector = draft.System is null ? null : catalog.Find(draft.System);
        if (connector is null)
        {
            var known = string.Join(", ", catalog.Systems.Select(s => s.System));
            errors["system"] = [$"Choose an external system: {known}."];
        }

        var address = CheckUrl(draft.ApiUrl, connector, errors);
        CheckText("name", draft.Name, LongestName, errors, required: false);
        var signIn = SignInRules.Check(draft, connector, errors);
        CheckZone(draft.TimeZone, errors);
        if (errors.Count > 0)
        {
            throw Invalid(errors);
        }

        var name = string.IsNullOrWhiteSpace(draft.Name) ? address!.Host : draft.Name.Trim();
        return new(connector!, address!, name, draft.ApiUrl!.Trim(), signIn!, Blank(draft.TimeZone));
    }

    /// <summary>The draft that a patch of a connection amounts to.</summary>
    public static ConnectionDraft Apply(ConnectionPatch patch, StoredConnection row, ConnectionSignIn present)
    {
        var (accessToken, secret, auth) = SignInRules.Apply(patch, present);
        return new(row.System, patch.Name ?? row.Name, patch.ApiUrl ?? row.ApiUrl, accessToken, secret, patch.TimeZone ?? row.TimeZone) { Auth = auth };
    }

    /// <summary>Checks why a connection is paused, as people say it.</summary>
    public static void CheckNote(string? note)
    {
        Dictionary<string, string[]> errors = [];
        CheckText("note", note, LongestNote, errors, required: false);
        if (errors.Count > 0)
        {
            throw Invalid(errors);
        }
    }

    /// <summary>
    /// A saved secret is only ever sent to the host it was typed for: whoever may change the address must not learn the password by sending it to himself.
    /// </summary>
    public static void CheckWhoGetsTheSecret(ConnectionPatch patch, StoredConnection before, CheckedConnection wanted)
    {
        const UriComponents Host = UriComponents.SchemeAndServer;
        if (SignInRules.StillSaved(patch, wanted.SignIn) is { } field
            && Uri.Compare(before.BaseAddress, wanted.BaseAddress, Host, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw Invalid(new() { [field] = ["Type the secret again: with the new address it will be sent to another host."] });
        }
    }

    /// <summary>What a store says of itself, as far as it can be used and kept: it is a stranger's text. A version, an edition or a kind of stock that it did not tell this time stays known.</summary>
    public static StoreProfile? Storable(StoreProfile? profile, StoreProfile? known = null) => profile is null ? null : profile with
    {
        Name = Clean(profile.Name),
        Version = Clean(profile.Version) ?? known?.Version,
        Edition = Clean(profile.Edition) ?? known?.Edition,
        Currency = Clean(profile.Currency),
        TimeZone = TimeZones.TryRead(profile.TimeZone, out _, out _) ? profile.TimeZone : null,
        Stock = profile.Stock ?? known?.Stock,
    };

    /// <summary>The problem of wrong input; its detail repeats the first thing to mend.</summary>
    public static ProblemException Invalid(Dictionary<string, string[]> errors, string code = "invalid_input") =>
        new(ProblemKind.Invalid, code, errors.First().Value[0]) { Errors = errors };

    static Uri? CheckUrl(string? typed, IConnector? connector, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > LongestUrl)
        {
            errors["apiUrl"] = ["Type the address of the store's API, for example https://shop.example/rest/V1."];
            return null;
        }

        if (connector is null)
        {
            return null;
        }

        if (connector.TryReadApiUrl(typed, out var address, out var problem))
        {
            return address;
        }

        errors["apiUrl"] = [problem!];
        return null;
    }

    internal static void CheckText(string field, string? text, int longest, Dictionary<string, string[]> errors, bool required = true)
    {
        if (required && string.IsNullOrWhiteSpace(text))
        {
            errors[field] = ["This must not be empty."];
        }
        else if (text?.Length > longest)
        {
            errors[field] = [$"This must not be longer than {longest} characters."];
        }
        else if (text?.Any(char.IsControl) == true)
        {
            errors[field] = ["This must not contain control characters; was it pasted with a line break?"];
        }
    }

    static void CheckZone(string? zone, Dictionary<string, string[]> errors)
    {
        if (Blank(zone) is { } name && !TimeZones.TryRead(name, out _, out var problem))
        {
            errors["timeZone"] = [problem];
        }
    }

    // PostgreSQL keeps no NUL in a text.
    static string? Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } clean ? clean[..Math.Min(clean.Length, LongestName)] : null;

    static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A draft that was checked. Its text form never shows the secret.</summary>
internal sealed record CheckedConnection(
    IConnector Connector, Uri BaseAddress, string Name, string ApiUrl, ConnectionSignIn SignIn, string? TimeZone)
{

    public override string ToString() => $"{Name} {BaseAddress}";
}
