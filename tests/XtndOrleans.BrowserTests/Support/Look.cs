namespace XtndOrleans.BrowserTests.Support;

/// <summary>Who looks at a page, and with what: language, theme, size in CSS pixels, time zone by IANA name.</summary>
internal sealed record Look(int Width = 1280, int Height = 900, bool Dark = false, string Locale = "en-GB", string TimeZone = "Europe/Stockholm")
{
    public static Look Wide { get; } = new();

    public static Look Phone { get; } = new(380, 800);

    /// <summary>Both sizes in both themes.</summary>
    public static Look[] All { get; } = [Wide, Wide with { Dark = true }, Phone, Phone with { Dark = true }];

    public Look Swedish => this with { Locale = "sv-SE" };

    public string Theme => Dark ? "dark" : "light";

    bool IsPhone => Width < 600;

    public BrowserNewContextOptions Options(Uri server) => new()
    {
        BaseURL = server.AbsoluteUri,
        Locale = Locale,
        TimezoneId = TimeZone,
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new() { Width = Width, Height = Height },
        IsMobile = IsPhone,
        HasTouch = IsPhone,
    };
}
