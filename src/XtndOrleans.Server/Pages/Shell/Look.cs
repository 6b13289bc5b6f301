namespace XtndOrleans.Server.Pages.Shell;

/// <summary>Light or dark. A script keeps in cookies what was chosen and what the system prefers, so that the first answer has the right colours already.</summary>
/// <param name="Choice">system, light or dark.</param>
/// <param name="IsDark">What that means on this machine.</param>
public sealed record Look(string Choice, bool IsDark)
{
    /// <summary>Follows the system.</summary>
    public const string System = "system";

    /// <summary>Always dark.</summary>
    public const string Dark = "dark";

    /// <summary>Always light.</summary>
    public const string AlwaysLight = "light";

    /// <summary>What is shown while nothing is known.</summary>
    public static Look Light { get; } = new(System, false);

    /// <summary>Reads the cookies.</summary>
    public static Look Of(HttpRequest request) => request.Cookies["xtnd-look"] switch
    {
        Dark => new(Dark, true),
        AlwaysLight => new(AlwaysLight, false),
        _ => new(System, request.Cookies["xtnd-system-look"] == Dark),
    };
}
