using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Docs;

/// <summary>The reference for people who write a client.</summary>
[Collection<OneServer>]
public sealed partial class DocsTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    [Fact]
    public async Task The_reference_is_shown_with_nothing_from_elsewhere()
    {
        var tab = await Open();
        var answer = await tab.Load("/docs");
        Assert.Equal(200, answer.Status);
        await Expect(tab.Page).ToHaveTitleAsync(ApiTitle());
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "XtndOrleans" }).First).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("/api/v1/systems").First).ToBeVisibleAsync();
    }

    [GeneratedRegex("XtndOrleans")]
    private static partial Regex ApiTitle();
}
