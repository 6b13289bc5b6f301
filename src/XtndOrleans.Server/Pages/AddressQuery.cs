using Microsoft.AspNetCore.Components;

namespace XtndOrleans.Server.Pages;

/// <summary>What is asked for stands in the address, so that a list survives a reload and can be sent to somebody.</summary>
internal static class AddressQuery
{
    /// <summary>Changes parts of it in place, so that the way back leads out of the list. Null or an empty text takes a part away.</summary>
    public static void Ask(this NavigationManager navigation, params (string Name, object? Value)[] changes) => navigation.NavigateTo(
        navigation.GetUriWithQueryParameters(changes.ToDictionary(change => change.Name, change => change.Value is "" ? null : change.Value)), replace: true);
}
