namespace XtndOrleans.SystemTests.Commands;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The lines of the README's shell block under a heading.</summary>
    public static string[] ShellLines(string heading)
    {
        var section = Read("README.md").Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        return section.Split("```sh\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "XtndOrleans.sln")) ? folder : Find(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
