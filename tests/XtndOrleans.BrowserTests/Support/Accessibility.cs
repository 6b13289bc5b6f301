using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>axe-core's opinion of a page.</summary>
internal static class Accessibility
{
    static readonly string[] Grave = ["serious", "critical"];

    /// <summary>Fails on serious and critical findings, with a list: the rule, what it asks for, and each element that breaks it.</summary>
    public static async Task AssertAccessible(this Tab tab)
    {
        var result = await tab.Page.RunAxe();
        var findings = result.Violations.Where(finding => Grave.Contains(finding.Impact)).Select(Describe).ToList();
        Assert.True(findings.Count == 0, $"axe-core at {tab.Page.Url} ({tab.Look.Theme}, {tab.Look.Width} wide):\n{string.Join('\n', findings)}");
        Assert.NotEmpty(result.Passes);
    }

    static string Describe(AxeResultItem finding) =>
        $"{finding.Impact} {finding.Id}: {finding.Help}\n" + string.Join('\n', finding.Nodes.Select(node => $"    {node.Target}  {Shorten(node.Html)}"));

    static string Shorten(string html) => html.Length <= 160 ? html : html[..160] + "…";
}
