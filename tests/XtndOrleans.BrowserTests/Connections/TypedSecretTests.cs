using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>A server that logs all it can.</summary>
public sealed class LoudWorld : BrowserWorld
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        ((string[])["Default", "Microsoft", "Microsoft.AspNetCore.DataProtection", "Microsoft.Hosting.Lifetime"]).ToDictionary(category => $"Logging__LogLevel__{category}", _ => "Trace");
}

/// <summary>What a person types into a page that is open goes to the server piece by piece, by another way than that of the API.</summary>
public sealed class TypedSecretTests(Chromium chromium, LoudWorld world) : BrowserTest(chromium, world), IClassFixture<LoudWorld>
{
    const string Typed = "Tn4VdQ8sLx";

    [Fact]
    public async Task What_is_typed_or_signs_in_is_in_no_line_of_the_log()
    {
        var link = await World.NewLink(World.Owner);
        var tab = await Open();
        await tab.Follow(link);
        await tab.GoTo(NewConnectionForm.Path);
        var form = new NewConnectionForm(tab);
        await form.Fill(new($"{World.World.Simulator.StoreAddress()}/rest/V1"), secret: Typed);
        await form.Verify.ClickAsync();
        await Expect(form.Lines.Filter(new() { HasText = "refused the user name and password" })).ToBeVisibleAsync();
        var session = (await tab.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "xtnd-session").Value;

        tab.Watch.ExpectAnything();
        await tab.Page.GotoAsync("about:blank");
        Assert.Equal(0, await World.Server.Stop());

        // Silence proves nothing where nobody listened.
        Assert.Contains("trce: Microsoft.AspNetCore.Http.Connections", World.Server.Output);
        Assert.Contains("trce: Microsoft.AspNetCore.Routing", World.Server.Output);
        Assert.All([Typed, link[^64..], session[^64..], World.Owner.Key[^64..]], secret => Assert.DoesNotContain(secret, World.Server.Output, StringComparison.OrdinalIgnoreCase));
    }
}
