using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>axe-core's opinion of a page.</summary>
internal static class Accessibility
{
    // What turns for as long as it is shown (a progress bar) has no end to wait for.
    const string IsAtRest =
        "() => !document.getAnimations().some(a => a.playState === 'running' && a.effect.getComputedTiming().endTime !== Infinity)";

    static readonly string[] Grave = ["serious", "critical"];

    /// <summary>
    /// Fails on serious and critical findings, with a list: the rule, what it asks for, and each element that breaks it. A button that fades from
    /// grey to its colour has too little contrast on its way, so the page is looked at when it rests, and again if that look found something: the
    /// fading may have begun meanwhile.
    /// </summary>
    public static async Task AssertAccessible(this Tab tab)
    {
        var result = await LookAtRest(tab);
        result = Findings(result).Count == 0 ? result : await LookAtRest(tab);
        var findings = Findings(result);
        Assert.True(findings.Count == 0, $"axe-core at {tab.Page.Url} ({tab.Look.Theme}, {tab.Look.Width} wide):\n{string.Join('\n', findings)}");
        Assert.NotEmpty(result.Passes);
    }

    static async Task<AxeResult> LookAtRest(Tab tab)
    {
        try
        {
            await tab.Page.WaitForFunctionAsync(IsAtRest, null, new() { Timeout = 10_000 });
        }
        catch (TimeoutException)
        {
            // What moves on is judged as it is.
        }

        return await tab.Page.RunAxe();
    }

    static List<string> Findings(AxeResult result) => [.. result.Violations.Where(finding => Grave.Contains(finding.Impact)).Select(Describe)];

    static string Describe(AxeResultItem finding) =>
        $"{finding.Impact} {finding.Id}: {finding.Help}\n" + string.Join('\n', finding.Nodes.Select(node => $"    {node.Target}  {Shorten(node.Html)}"));

    static string Shorten(string html) => html.Length <= 160 ? html : html[..160] + "…";
}
