using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace XtndOrleans.Server.Pages.Shared;

/// <summary>
/// MudBlazor's icons as plain markup. A component of its own costs the server some four kilobytes for as long as the page is open, and a list has hundreds of icons.
/// </summary>
internal static class Icon
{
    // Few are known, and each is shown many times.
    static readonly ConcurrentDictionary<(string Paths, string Size), MarkupString> Made = new();

    // Those of entities, states and troubles.
    static readonly FrozenDictionary<string, int> Named = new[]
    {
        Icons.Material.Outlined.Sell, Icons.Material.Outlined.ShoppingCart, Icons.Material.Outlined.ReceiptLong, Icons.Material.Outlined.LocalShipping,
        Icons.Material.Outlined.AccountBalance, Icons.Material.Outlined.People, Icons.Material.Outlined.Inventory2, Icons.Material.Outlined.DataObject,
        Icons.Material.Outlined.CheckCircle, Icons.Material.Outlined.ErrorOutline, Icons.Material.Outlined.PauseCircle, Icons.Material.Outlined.Sync,
        Icons.Material.Outlined.HourglassEmpty, Icons.Material.Outlined.DoNotDisturbOn, Icons.Material.Outlined.Schedule, Icons.Material.Outlined.HelpOutline,
        Icons.Material.Outlined.DeleteSweep, Icons.Material.Outlined.Balance, Icons.Material.Outlined.Inventory, Icons.Material.Outlined.EventAvailable,
    }.Index().ToFrozenDictionary(icon => icon.Item, icon => icon.Index);

    /// <summary>The rules behind <see cref="Short"/>. They stand in the document, not in the circuit.</summary>
    public static MarkupString Rules { get; } = new($"<style>{string.Concat(Named.Select(icon => $".xtnd-i{icon.Value}{{mask-image:url(\"{Data(icon.Key)}\")}}"))}</style>");

    /// <summary>A small icon beside words that say the same: not for those who hear the page.</summary>
    /// <param name="paths">One of <see cref="MudBlazor.Icons"/>.</param>
    public static MarkupString Small(string paths) => Make(paths, "small");

    /// <summary>The same in the size of a button in the bar.</summary>
    public static MarkupString Medium(string paths) => Make(paths, "medium");

    /// <summary>The same as <see cref="Small"/> in few characters, for markup that a circuit holds many of.</summary>
    public static MarkupString Short(string paths) =>
        Named.TryGetValue(paths, out var number) ? Made.GetOrAdd((paths, "short"), _ => new($"<i class=\"xtnd-i xtnd-i{number}\"></i>")) : Small(paths);

    static MarkupString Make(string paths, string size) => Made.GetOrAdd((paths, size), static icon =>
        new($"<svg class=\"mud-icon-root mud-svg-icon mud-icon-size-{icon.Size}\" focusable=\"false\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{icon.Paths}</svg>"));

    static string Data(string paths) => "data:image/svg+xml," + Uri.EscapeDataString($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">{paths}</svg>");
}
