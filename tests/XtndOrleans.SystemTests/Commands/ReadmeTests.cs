using System.Text.RegularExpressions;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Database;
using XtndOrleans.Engine.Sweeping;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Security;

namespace XtndOrleans.SystemTests.Commands;

/// <summary>The README says what is so.</summary>
public sealed partial class ReadmeTests
{
    static readonly string Readme = Repository.Read("README.md");

    static readonly string[] OfDotNet = [nameof(TimeProvider)];

    [Fact]
    public void Every_file_that_it_names_exists()
    {
        var named = Code().Matches(Readme).Select(match => match.Groups[1].Value)
            .Where(text => text.StartsWith("src/") || text.StartsWith("sql/") || text.StartsWith("tests/") || text.StartsWith("scripts/") || text.EndsWith(".sh") || text.EndsWith(".yml"))
            .Select(text => text.StartsWith("./") ? text[2..] : text).ToList();
        Assert.True(named.Count > 10);
        Assert.All(named, file => Assert.True(Path.Exists(Path.Combine(Repository.Root, file)), file));
    }

    [Fact]
    public void Every_type_that_it_names_exists()
    {
        var sources = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        // The names in the table of settings are properties; the fact below compares them.
        var prose = Readme.Split("\n## Configuration\n")[0] + Readme.Split("\n## Running a cluster\n")[1];
        var named = Code().Matches(prose).Select(match => match.Groups[1].Value).Where(text => TypeName().IsMatch(text)).Except(OfDotNet).ToList();
        Assert.True(named.Count > 5);
        Assert.All(named, type => Assert.True(Regex.IsMatch(sources, $@"\b(class|record|interface|struct|enum) {type}\b"), type));
    }

    [Theory]
    [InlineData("Xtnd:Sync", typeof(SyncOptions))]
    [InlineData("Xtnd:Connections", typeof(ConnectionOptions))]
    [InlineData("Xtnd:Egress", typeof(ConnectorOptions))]
    [InlineData("Xtnd:RateLimit", typeof(RateLimitOptions))]
    [InlineData("Xtnd:Retention", typeof(RetentionOptions))]
    [InlineData("Xtnd:Embedded", typeof(EmbeddedPostgresOptions))]
    public void Every_setting_and_its_default_are_as_it_says(string section, Type options)
    {
        var defaults = Activator.CreateInstance(options);
        var properties = options.GetProperties().Where(p => p.Name != nameof(EmbeddedPostgresOptions.Settings));
        Assert.All(properties, property => Assert.Contains((property.Name, Text(property.GetValue(defaults))), Settings(section)));
        Assert.Equal(properties.Count(), Settings(section).Count);
    }

    /// <summary>The rows of a section: `Section:A`, `B` | `default of A`, `default of B`.</summary>
    static List<(string Name, string Default)> Settings(string section) =>
    [
        .. Readme.Split('\n').Where(line => line.StartsWith($"| `{section}:")).Select(line => line.Split('|')).SelectMany(cells => Names(cells[1], section).Zip(
            cells[2].Contains('`') ? Code().Matches(cells[2]).Select(value => value.Groups[1].Value) : [cells[2].Trim()])),
    ];

    static IEnumerable<string> Names(string cell, string section) => Code().Matches(cell).Select(name => name.Groups[1].Value.Replace(section + ":", ""));

    static string Text(object? value) => value switch
    {
        null => "searched",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^[A-Z][a-z]+([A-Z][a-z]+)+$|^I[A-Z][a-z]+$")]
    private static partial Regex TypeName();
}
