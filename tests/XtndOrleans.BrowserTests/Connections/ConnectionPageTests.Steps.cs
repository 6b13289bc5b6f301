using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>What a person does on the page, and where things are found there.</summary>
public sealed partial class ConnectionPageTests
{
    async Task<Tab> Show(string connection, Look? look = null)
    {
        var tab = await SignedIn(look);
        await tab.GoTo($"/settings/connectors/{connection}");
        return tab;
    }

    async Task<string> SignIn(string connection)
    {
        var now = await world.Owner.Get($"connections/{connection}");
        return $"{now["accessToken"]} {now["status"]}";
    }

    static ILocator Card(Tab tab, string entity) => tab.Page.GetByRole(AriaRole.Article, new() { Name = entity });

    static ILocator Dialog(Tab tab, string title) => tab.Page.GetByRole(AriaRole.Dialog, new() { Name = title });

    static ILocator Ahead(ILocator dialog) => dialog.Locator("ol").GetByRole(AriaRole.Listitem);

    static Task Press(Tab tab, string button) => tab.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    static Task Keys(Tab tab, string key) => tab.Page.Keyboard.PressAsync(key);

    static Task HasFocus(ILocator dialog) => Until.True(
        () => dialog.EvaluateAsync<bool>("element => element.contains(document.activeElement)"), TimeSpan.FromSeconds(20), "the dialog to have the focus");

    static async Task TabTo(Tab tab, ILocator field)
    {
        for (var pressed = 0; pressed < 15 && !await field.EvaluateAsync<bool>("element => element === document.activeElement"); pressed++)
        {
            await Keys(tab, "Tab");
        }

        await Expect(field).ToBeFocusedAsync();
    }

    static async Task Sound(Tab tab)
    {
        await tab.AssertFits();
        await tab.AssertAccessible();
    }

    static DateOnly LastSundayOfMarch(int year) => new DateOnly(year, 3, 31) is var end ? end.AddDays(-(int)end.DayOfWeek) : default;

    [GeneratedRegex("Weekly on [A-Z][a-z]+day at 08:05")]
    private static partial Regex EachWeek();
}
