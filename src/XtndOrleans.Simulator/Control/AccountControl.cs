namespace XtndOrleans.Simulator;

/// <summary>Users, clocks, latency and limits by the control API.</summary>
internal static class AccountControl
{
    sealed record NewUser(string Name, string Password, string[]? Resources);

    sealed record UserChange(string? Password, bool? Active, string[]? Resources, string? TotpSecret);

    sealed record NewIntegration(string[]? Resources);

    sealed record ClockChange(double? OffsetSeconds, double? DatabaseOffsetSeconds);

    sealed record SettingsChange(double? TokenMinutes, bool? OpaqueTokens, TwoFactorMode? TwoFactor, bool? RepeatsLastPage, bool? MultiSource,
        int? MaximumPageSize, int? DefaultPageSize, double? LatencyMs, double? LatencyPerRecordMs, bool? Gzip, string? Version, bool? IntegrationTokensAsBearer);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapPost("/users", (HttpContext http, NewUser user) =>
        {
            http.Store().Users.Add(user.Name, user.Password, user.Resources ?? []);
            return Results.Json(new { added = user.Name });
        });
        store.MapPatch("/users/{name}", (HttpContext http, string name, UserChange change) =>
        {
            if (http.Store().Users.Find(name) is not { } user) return Results.NotFound(new { error = $"No user {name}." });
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
            http.Store().Users.RevokeTokens(user);
            return Results.Json(new { revoked = user ?? "all" });
        });
        store.MapPost("/clock", (HttpContext http, ClockChange change) => Results.Json(Set(http.Store().Clock, change)));
        store.MapPatch("/settings", (HttpContext http, SettingsChange change) => Results.Json(Set(http.Store().Settings, change)));
        store.MapGet("/settings", (HttpContext http) => Results.Json(http.Store().Settings));
    }

    static StoreClock Set(StoreClock clock, ClockChange change)
    {
        if (change.OffsetSeconds is { } both) clock.Offset = TimeSpan.FromSeconds(both);
        if (change.DatabaseOffsetSeconds is { } database) clock.DatabaseOffset = TimeSpan.FromSeconds(database);
        return clock;
    }

    /// <summary>0 takes a page limit away again.</summary>
    static StoreSettings Set(StoreSettings settings, SettingsChange change)
    {
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
