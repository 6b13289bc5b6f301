using System.Globalization;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Commands;

/// <summary>A folder for run.sh, and who of its processes still lives.</summary>
internal sealed class Home : IDisposable
{
    // With a space, as people have them.
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"xtnd home-{Guid.NewGuid():N}");

    public int Port { get; } = FreePort.Next();

    public string Url => $"http://localhost:{Port}";

    /// <summary>Types ./run.sh with this folder and port.</summary>
    public Terminal Run(string options = "", bool isTerminal = false, params (string Name, string Value)[] settings) => Terminal.Type(
        $"./run.sh --port {Port} {options}", settings.Append(("XTND_HOME", Folder)).ToDictionary(setting => setting.Item1, setting => setting.Item2), isTerminal);

    public bool Has(string file) => File.Exists(Path.Combine(Folder, file));

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file)).Trim();

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    public int RunId => int.Parse(Read("holder"), CultureInfo.InvariantCulture);

    /// <summary>The process of ours whose command line has both texts.</summary>
    public int ProcessId(string program, string besides = "") => Alive().Single(p => p.Command.Contains(program) && p.Command.Contains(besides) && !p.Command.Contains("onboard")).Id;

    /// <summary>Fails when a process that run.sh started, itself included, is still there.</summary>
    public void AssertNothingRuns() => Assert.Empty(Alive());

    public Task UntilNothingRuns() => Until.True(
        () => Task.FromResult(Alive().Count == 0), TimeSpan.FromMinutes(2), () => $"the end of {string.Join(", ", Alive())}");

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Whoever has the folder in its command line, as its working directory, or in the environment that all children inherit.</summary>
    List<(int Id, string Command)> Alive() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), out _))
            .Where(process => Text(process + "/environ").Contains(Folder) || Text(process + "/cmdline").Contains(Folder) || Target(process + "/cwd").StartsWith(Folder))
            .Select(process => (int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), Text(process + "/cmdline").Replace('\0', ' ')))
            .Where(process => process.Item2.Length > 0),
    ];

    // A process may end between being listed and being read.
    static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    static string Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
