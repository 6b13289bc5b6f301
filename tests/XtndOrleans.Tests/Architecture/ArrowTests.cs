using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Architecture;

/// <summary>Who may know whom. The compiler holds the walls between projects; these hold the rest.</summary>
public sealed partial class ArrowTests
{
    /// <summary>The slices of the engine and what each may know. What is not named here lies above them all, in the engine's own folder.</summary>
    static readonly Dictionary<string, string[]> Knows = new()
    {
        ["Database"] = [],
        ["Secrets"] = [],
        ["Tenants"] = [],
        ["Connections"] = ["Tenants"],
        ["Records"] = ["Connections"],
        ["Syncs"] = ["Connections", "Records", "Tenants"],
        ["Schedules"] = ["Connections", "Syncs", "Tenants"],
        ["Overview"] = ["Connections"],
        ["Fleet"] = ["Connections", "Schedules", "Syncs"],
        ["Sweeping"] = ["Connections", "Records", "Schedules", "Syncs", "Tenants"],
    };

    /// <summary>The read model of a connection shows its schedules and newest runs at a glance; nothing in it acts.</summary>
    static readonly HashSet<(string File, string Slice)> Exempt =
    [
        ("ConnectionQueries.cs", "Schedules"), ("ConnectionQueries.cs", "Syncs"), ("ConnectionView.cs", "Schedules"), ("ConnectionView.cs", "Syncs"),
    ];

    static readonly string Root = Above(ThisFile());

    [Fact]
    public void Inside_the_engine_the_arrows_go_one_way()
    {
        var broken =
            from slice in Knows
            from file in Directory.EnumerateFiles(Path.Combine(Root, "src/XtndOrleans.Engine", slice.Key), "*.cs", SearchOption.AllDirectories)
            from known in Known(file).Except([slice.Key])
            where !slice.Value.Contains(known) && !(slice.Key == "Connections" && Exempt.Contains((Path.GetFileName(file), known)))
            select $"{slice.Key}/{Path.GetFileName(file)} -> {known}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_slice_of_the_engine_is_held_by_these_tests()
    {
        var slices = Directory.EnumerateDirectories(Path.Combine(Root, "src/XtndOrleans.Engine")).Select(Path.GetFileName).Except(["bin", "obj"]);
        Assert.Equal(Knows.Keys.Order(), slices.Order());
    }

    [Fact]
    public void An_exemption_that_is_no_longer_needed_is_taken_back()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Root, "src/XtndOrleans.Engine/Connections"), "*.cs")
            .SelectMany(file => Known(file).Select(slice => (Path.GetFileName(file), slice)))
            .ToHashSet();
        Assert.Empty(Exempt.Except(used));
    }

    [Fact]
    public void Connectors_know_neither_Orleans_nor_the_database() =>
        Assert.DoesNotContain(References(typeof(IConnector)), name => Regex.IsMatch(name, "^(Microsoft\\.)?Orleans|^Npgsql|^XtndOrleans"));

    [Fact]
    public void The_simulator_shares_nothing_with_what_it_tests()
    {
        Assert.DoesNotContain(References(typeof(SimulatorHost)), name => name.StartsWith("XtndOrleans", StringComparison.Ordinal));
        Assert.Empty(Project("XtndOrleans.Simulator").Descendants("ProjectReference"));
        Assert.Empty(Project("XtndOrleans.Connectors").Descendants("ProjectReference"));
    }

    static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    static XDocument Project(string name) => XDocument.Load(Path.Combine(Root, "src", name, name + ".csproj"));

    /// <summary>The slices that a file names: in a using, in full, or from the engine's namespace on. Comments do not count.</summary>
    static IEnumerable<string> Known(string file)
    {
        var code = string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        return Names().Matches(code).Select(match => match.Groups["slice"].Value).Where(Knows.ContainsKey).Distinct();
    }

    [GeneratedRegex(@"XtndOrleans\.Engine\.(?<slice>\w+)|(?<![\w.?!])(Engine\.)?(?<slice>Secrets|Tenants|Connections|Records|Syncs|Schedules|Sweeping)\.[A-Z]\w+")]
    private static partial Regex Names();

    static string ThisFile([CallerFilePath] string path = "") => path;

    static string Above(string path)
    {
        // A deterministic build may map the path away; the tests run below the repository either way.
        var folder = new DirectoryInfo(File.Exists(path) ? Path.GetDirectoryName(path)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "XtndOrleans.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run below the repository.");
        }

        return folder.FullName;
    }
}
