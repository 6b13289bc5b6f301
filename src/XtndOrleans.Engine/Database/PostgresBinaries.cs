using System.Globalization;
using System.Text.RegularExpressions;

namespace XtndOrleans.Engine.Database;

/// <summary>Where a PostgreSQL is installed, and which.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    const int Oldest = 15;

    static readonly string[] UsualPlaces =
    [
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/usr/local/pgsql/bin",
        "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
    ];

    public string Tool(string name) => Path.Combine(Folder, name);

    /// <summary>The binaries to use: those of the data folder's version when it has one, else the newest.</summary>
    public static async Task<PostgresBinaries> Find(string? folder, int? dataVersion, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var candidate in folder is null ? Candidates() : [folder])
        {
            if (await VersionOf(candidate, cancellationToken) is { } major)
            {
                found.Add(new(Path.GetFullPath(candidate), major));
            }
        }

        var usable = found.Where(b => b.Major >= Oldest).OrderByDescending(b => b.Major).ToList();
        if (usable.Count == 0)
        {
            throw new DatabaseException(Missing(folder, found));
        }

        return dataVersion is null
            ? usable[0]
            : usable.FirstOrDefault(b => b.Major == dataVersion) ?? throw new DatabaseException(
                $"The embedded database was made by PostgreSQL {dataVersion}, and only {string.Join(", ", usable.Select(b => b.Major).Distinct())} is installed. Install PostgreSQL {dataVersion} again, move the data with pg_dump or pg_upgrade, or choose another folder with Xtnd:Embedded:Folder.");
    }

    static IEnumerable<string> Candidates() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualPlaces.SelectMany(Expand))
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal);

    static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [pattern];
        }

        var slash = pattern.LastIndexOf('/', star);
        var end = pattern.IndexOf('/', star) is var next and >= 0 ? next : pattern.Length;
        var parent = pattern[..slash];
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern[(slash + 1)..end]).Select(match => match + pattern[end..])
            : [];
    }

    static async Task<int?> VersionOf(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "initdb")) || !File.Exists(Path.Combine(folder, "pg_ctl")) || !File.Exists(Path.Combine(folder, "postgres")))
        {
            return null;
        }

        var answer = await ShellCommand.Run(Path.Combine(folder, "postgres"), ["--version"], cancellationToken);
        return answer.Succeeded && Version().Match(answer.Output) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    static string Missing(string? folder, List<PostgresBinaries> tooOld) =>
        (folder, tooOld) switch
        {
            (not null, []) => $"There is no PostgreSQL (initdb, pg_ctl, postgres) in {folder}. Correct Xtnd:Embedded:Binaries, or leave it out to search the usual places.",
            (_, [var old, ..]) => $"The PostgreSQL in {old.Folder} is version {old.Major}; XtndOrleans needs {Oldest} or newer. To install one, type: {InstallCommand()}",
            _ => $"There is no PostgreSQL on this machine, and no ConnectionStrings:Xtnd to one elsewhere. To install it, type: {InstallCommand()}",
        };

    static string InstallCommand() =>
        OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : File.Exists("/usr/bin/apt-get") ? "sudo apt-get install -y postgresql"
        : File.Exists("/usr/bin/dnf") ? "sudo dnf install -y postgresql-server"
        : File.Exists("/sbin/apk") ? "apk add postgresql17"
        : File.Exists("/usr/bin/pacman") ? "sudo pacman -S postgresql"
        : File.Exists("/usr/bin/zypper") ? "sudo zypper install -y postgresql-server"
        : "the command of this system's package manager that installs the PostgreSQL server";

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
