using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Screenshots;

/// <summary>A page to take pictures of.</summary>
/// <param name="Name">Begins the name of the file.</param>
/// <param name="Path">Of the address, or what makes it of the world: an id that is part of it.</param>
/// <param name="Prepare">What a person does there before the picture is taken: opens a dialog, types something wrong.</param>
/// <param name="IsSignedIn">Whether it is looked at with the owner's key.</param>
internal sealed record Picture(string Name, Func<ScreenshotWorld, string> Path, Func<Tab, Task>? Prepare = null, bool IsSignedIn = true)
{
    public Picture(string name, string path, Func<Tab, Task>? prepare = null, bool isSignedIn = true)
        : this(name, _ => path, prepare, isSignedIn)
    {
    }
}

/// <summary>Every page that has a picture. A new page is one line here.</summary>
internal static class Pages
{
    public static Picture[] All { get; } =
    [
        new("list", "/settings/connectors", tab => tab.Shows("Main store")),
        new("new", "/settings/connectors/new", tab => tab.Shows("API URL")),
        new("records", world => $"/records?connection={world.Connection}&entity=order", tab => tab.Shows("newest first")),
        new("record-order", world => $"/records/{world.Connection}/order/4", tab => tab.Shows("Billing address")),
        new("record-product", world => $"/records/{world.Connection}/product/2", tab => tab.Shows("Stock per source")),
        new("order-not-found", "/records?order=000987654", tab => tab.Shows("Where we looked")),
        new("docs", "/docs", tab => tab.Shows("List the external systems"), isSignedIn: false),
    ];

    /// <summary>Waits until a text can be read; one in a folded menu is not meant.</summary>
    static Task Shows(this Tab tab, string text) => Expect(tab.Page.GetByText(text).Filter(new() { Visible = true }).First).ToBeVisibleAsync();
}
