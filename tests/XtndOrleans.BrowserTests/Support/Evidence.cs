using XtndOrleans.SystemTests.Commands;

namespace XtndOrleans.BrowserTests.Support;

/// <summary>What a failed test leaves behind: the picture and the text of each of its tabs, in TestResults/browser.</summary>
internal static class Evidence
{
    const int Excerpt = 2000;

    static string Folder { get; } = Path.Combine(Repository.Root, "TestResults", "browser");

    /// <summary>Keeps it; answers where, and the beginning of the text for those who have nothing but the log.</summary>
    public static async Task<string> Keep(Tab tab, int number)
    {
        var file = Path.Combine(Directory.CreateDirectory(Folder).FullName, $"{Name()}-{number}");
        try
        {
            var text = $"{tab.Page.Url}\n{string.Join('\n', tab.Watch.Problems)}\n\n{await tab.Page.Locator("body").InnerTextAsync()}";
            await File.WriteAllTextAsync($"{file}.txt", text);
            await tab.Page.ScreenshotAsync(new() { Path = $"{file}.png", FullPage = true });
            return $"Kept: {file}.png and .txt\n{text[..Math.Min(text.Length, Excerpt)]}";
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException)
        {
            return $"Of the tab at {tab.Page.Url} nothing could be kept: {failure.Message}";
        }
    }

    // A row of a theory has the name of its method; the id tells rows apart.
    static string Name()
    {
        var test = TestContext.Current;
        return $"{test.TestClass!.TestClassSimpleName}.{test.TestMethod!.MethodName}-{test.Test!.UniqueID[..8]}";
    }
}
