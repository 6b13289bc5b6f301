namespace XtndOrleans.Simulator;

/// <summary>Users, clocks, latency and limits by the control API.</summary>
internal static class AccountControl
{
    const double century = 3_155_760_000;

    sealed record NewUser(string Name, string Password, string[]? Resources = null);

    sealed record UserChange(string? Password = null, bool? Active = null, string[]? Resources = null, string? TotpSecret = null);

    sealed record NewIntegration(string[]? Resources = null);

    sealed record ClockChange(double? OffsetSeconds = null, double? DatabaseOffsetSeconds = null);

    sealed record SettingsChange(double? TokenMinutes = null, bool? OpaqueTokens = null, TwoFactorMode? TwoFactor = null, bool? RepeatsLastPage = null,
        bool? MultiSource = null, int? MaximumPageSize = null, int? DefaultPageSize = null, double? LatencyMs = null, double? LatencyPerRecordMs = null,
        bool? Gzip = null, string? Version = null, bool? IntegrationTokensAsBearer = null);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapPost("/users", (HttpContext http, NewUser user) =>
        {
            http.Store().Users.Add(user.Name, user.Password, user.Resources ?? []);
            return Results.Json(new { added = user.Name });
        });
        store.MapPatch("/users/{name}", (HttpContext http, string name, UserChange change) =>
        {
            if (http.Store().Users.Find(name) is not { } user) return NoUser(name);
            if (change.TotpSecret is { } secret && secret.Any(letter => !OneTimeCode.Base32.Contains(letter)))
                throw new BadHttpRequestException($"totpSecret is base32: {OneTimeCode.Base32}.");
            user.Password = change.Password ?? user.Password;
            user.Active = change.Active ?? user.Active;
            user.Resources = change.Resources ?? user.Resources;
            user.TotpSecret = change.TotpSecret is null ? user.TotpSecret : change.TotpSecret.Length == 0 ? null : change.TotpSecret;
            return Results.Json(new { changed = 1 });
        });
        store.MapPost("/integrations", (HttpContext http, NewIntegration wanted) =>
        {
            var made = http.Store().Integrations.Add(wanted.Resources ?? []);
            return Results.Json(new { made.Id, made.ConsumerKey, made.ConsumerSecret, made.AccessToken, made.AccessTokenSecret });
        });
        store.MapPost("/tokens/revoke", (HttpContext http, string? user) =>
        {
            if (user is not null && http.Store().Users.Find(user) is null) return NoUser(user);
            http.Store().Users.RevokeTokens(user);
            return Results.Json(new { revoked = user ?? "all" });
        });
        store.MapPost("/clock", (HttpContext http, ClockChange change) => Results.Json(Set(http.Store().Clock, change)));
        store.MapPatch("/settings", (HttpContext http, SettingsChange change) => Results.Json(Set(http.Store().Settings, change)));
        store.MapGet("/settings", (HttpContext http) => Results.Json(http.Store().Settings));
    }

    static IResult NoUser(string name) => Results.NotFound(new { error = $"No user {name}." });

    static StoreClock Set(StoreClock clock, ClockChange change)
    {
        ControlApi.Within("offsetSeconds", change.OffsetSeconds, -century, century);
        ControlApi.Within("databaseOffsetSeconds", change.DatabaseOffsetSeconds, -century, century);
        if (change.OffsetSeconds is { } both) clock.Offset = TimeSpan.FromSeconds(both);
        if (change.DatabaseOffsetSeconds is { } database) clock.DatabaseOffset = TimeSpan.FromSeconds(database);
        return clock;
    }

    /// <summary>0 takes a page limit away again.</summary>
    static StoreSettings Set(StoreSettings settings, SettingsChange change)
    {
        ControlApi.Within("tokenMinutes", change.TokenMinutes, 0.01, 1_000_000);
        ControlApi.Within("latencyMs", change.LatencyMs, 0, 600_000);
        ControlApi.Within("latencyPerRecordMs", change.LatencyPerRecordMs, 0, 10_000);
        ControlApi.Within("maximumPageSize", change.MaximumPageSize, 0, int.MaxValue);
        ControlApi.Within("defaultPageSize", change.DefaultPageSize, 0, int.MaxValue);
        if (change.TokenMinutes is { } minutes) settings.TokenLife = TimeSpan.FromMinutes(minutes);
        if (change.LatencyMs is { } latency) settings.Latency = TimeSpan.FromMilliseconds(latency);
        if (change.LatencyPerRecordMs is { } each) settings.LatencyPerRecord = TimeSpan.FromMilliseconds(each);
        if (change.MaximumPageSize is { } most) settings.MaximumPageSize = most == 0 ? null : most;
        if (change.DefaultPageSize is { } size) settings.DefaultPageSize = size == 0 ? null : size;
        settings.OpaqueTokens = change.OpaqueTokens ?? settings.OpaqueTokens;
        settings.TwoFactor = change.TwoFactor ?? settings.TwoFactor;
        settings.RepeatsLastPage = change.RepeatsLastPage ?? settings.RepeatsLastPage;
        settings.MultiSource = change.MultiSource ?? settings.MultiSource;
        settings.Gzip = change.Gzip ?? settings.Gzip;
        settings.IntegrationTokensAsBearer = change.IntegrationTokensAsBearer ?? settings.IntegrationTokensAsBearer;
        settings.Version = change.Version ?? settings.Version;
        return settings;
    }
}
