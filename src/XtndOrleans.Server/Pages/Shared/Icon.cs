using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace XtndOrleans.Server.Pages.Shared;

/// <summary>
/// MudBlazor's icons as plain markup. A component of its own costs the server some four kilobytes for as long as the page is open, and a list has hundreds of icons.
/// </summary>
internal static class Icon
{
    // Few are known, and each is shown many times.
    static readonly ConcurrentDictionary<(string Paths, string Size), MarkupString> Made = new();

    /// <summary>A small icon beside words that say the same: not for those who hear the page.</summary>
    /// <param name="paths">One of <see cref="MudBlazor.Icons"/>.</param>
    public static MarkupString Small(string paths) => Make(paths, "small");

    /// <summary>The same in the size of a button in the bar.</summary>
    public static MarkupString Medium(string paths) => Make(paths, "medium");

    static MarkupString Make(string paths, string size) => Made.GetOrAdd((paths, size), static icon =>
        new($"<svg class=\"mud-icon-root mud-svg-icon mud-icon-size-{icon.Size}\" focusable=\"false\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{icon.Paths}</svg>"));
}
