using XtndOrleans.BrowserTests.Support;
using Xunit.Sdk;

namespace XtndOrleans.BrowserTests.Harness;

/// <summary>The tests of pages can fail: each thing that they watch for is noticed.</summary>
[Collection<OneServer>]
public sealed class HarnessTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    [Theory]
    [InlineData("<script>console.error('told on purpose')</script>", "console: told on purpose")]
    [InlineData("<script>throw new Error('thrown on purpose')</script>", "script: Error: thrown on purpose")]
    [InlineData("<script>Promise.reject(new Error('rejected on purpose'))</script>", "script: Error: rejected on purpose")]
    [InlineData("<img alt=none src=/no-such-picture.png>", "answer: 404 to GET")]
    [InlineData("<img alt=none src=http://127.0.0.1:1/x.png>", "failed: GET http://127.0.0.1:1/x.png: net::ERR_")]
    [InlineData("<img alt=none src=https://fonts.example.com/x.png>", "foreign: GET https://fonts.example.com/x.png")]
    [InlineData("<script>fetch('https://metrics.example.com/').catch(() => {})</script>", "foreign: GET https://metrics.example.com/")]
    public async Task A_fault_on_a_page_fails_its_test(string body, string problem)
    {
        var tab = await Open();
        await BadPage.Show(tab, body);
        await AssertNoticed(tab, problem);
    }

    [Theory]
    [InlineData("default-src 'self'", "<script>document.title = 'ran'</script>", "console: CSP violation: script-src-elem blocked inline")]
    [InlineData("default-src 'self'", "<p style='color: red'>red</p>", "console: CSP violation: style-src-attr blocked inline")]
    public async Task A_violation_of_the_content_security_policy_fails_its_test(string policy, string body, string problem)
    {
        var tab = await Open();
        await BadPage.Show(tab, body, policy);
        Assert.Equal("Bad", await tab.Page.TitleAsync());
        await AssertNoticed(tab, problem);
    }

    [Fact]
    public async Task A_problem_that_the_test_expects_is_none()
    {
        var tab = await Open();
        tab.Watch.Expect("/no-such-picture.png");
        await BadPage.Show(tab, "<img alt=none src=/no-such-picture.png>");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Bad" })).ToBeVisibleAsync();
        tab.AssertQuiet();
    }

    [Fact]
    public async Task A_page_that_is_too_wide_for_a_phone_is_told()
    {
        var tab = await Open(Look.Phone);
        await BadPage.Show(tab, "<table><tr><td style='width: 700px; display: block'>wide</td></tr></table>");
        var told = await Assert.ThrowsAnyAsync<XunitException>(tab.AssertFits);
        Assert.Contains("in a window of 380", told.Message);
    }

    [Fact]
    public async Task A_grave_finding_of_axe_is_told_with_its_element_under_a_strict_policy_too()
    {
        var tab = await Open();
        await BadPage.Show(tab, "<button></button><form><input name=unlabelled></form>", "default-src 'self'");
        var told = await Assert.ThrowsAnyAsync<XunitException>(tab.AssertAccessible);
        Assert.Contains("critical button-name: Buttons must have discernible text\n    button  <button></button>", told.Message);
        Assert.Contains("<input name=\"unlabelled\">", told.Message);
    }

    [Fact]
    public async Task What_fades_in_is_judged_when_it_rests()
    {
        var tab = await Open();
        await BadPage.Show(tab, "<style>@keyframes appear { from { color: #eee } } p { color: #000; background: #fff; animation: appear 2s }</style><p>Fades in.</p>");
        await tab.AssertAccessible();
    }

    [Fact]
    public async Task A_page_without_a_circuit_is_not_taken_for_interactive()
    {
        var tab = await Open();
        await BadPage.Show(tab, "<p>Nothing here answers.</p>");
        Assert.False(await tab.IsInteractive());
        await BadPage.Show(tab, "<script>document.body.dataset.interactive = ''</script>");
        Assert.True(await tab.IsInteractive());
    }

    static async Task AssertNoticed(Tab tab, string problem)
    {
        await SystemTests.Support.Until.True(
            () => Task.FromResult(tab.Watch.Problems.Any(line => line.StartsWith(problem))),
            TimeSpan.FromMinutes(1),
            () => $"'{problem}'; noticed was:\n{string.Join('\n', tab.Watch.Problems)}");
        Assert.ThrowsAny<XunitException>(tab.AssertQuiet);
        // One fault is told in several lines, and some may be on their way.
        tab.Watch.ExpectAnything();
    }
}
