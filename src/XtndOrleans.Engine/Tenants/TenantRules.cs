namespace XtndOrleans.Engine.Tenants;

/// <summary>What a person may type for a tenant or a key.</summary>
internal static class TenantRules
{
    const int NameAtMost = 200;

    public static string Name(string code, string? typed) => typed?.Trim() switch
    {
        null or "" => throw Wrong(code, "name", "Give a name."),
        { Length: > NameAtMost } => throw Wrong(code, "name", $"Give a name of at most {NameAtMost} characters."),
        var name when name.Any(char.IsControl) => throw Wrong(code, "name", "Give a name without control characters."),
        var name => name,
    };

    public static string Role(string? typed, string code = "invalid_key") => typed is not null && Roles.OfTenants.Contains(typed)
        ? typed
        : throw Wrong(code, "role", "Give one of: owner, operator, viewer.");

    /// <summary>The database keeps microseconds; what is answered must equal what is read later.</summary>
    public static DateTimeOffset Stored(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    static ProblemException Wrong(string code, string field, string cure) => new(ProblemKind.Invalid, code, cure) { Errors = { [field] = [cure] } };
}
