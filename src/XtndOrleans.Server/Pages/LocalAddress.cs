namespace XtndOrleans.Server.Pages;

/// <summary>Addresses of this page that came in from outside.</summary>
internal static class LocalAddress
{
    /// <summary>The address, when it is one of this page; else the front page. Nobody is sent to another site.</summary>
    public static string Of(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) && !address.Contains('\\', StringComparison.Ordinal) ? address : "/";
}
