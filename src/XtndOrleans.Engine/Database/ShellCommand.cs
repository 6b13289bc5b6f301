using System.Collections.Frozen;
using System.Diagnostics;

namespace XtndOrleans.Engine.Database;

/// <summary>Runs programs, without a shell in between and with next to nothing of our environment.</summary>
internal static class ShellCommand
{
    // Ours holds the master key and the platform key, which whoever is let into the database could read there; a user's PG* variables would change what the programs do.
    static readonly FrozenSet<string> Passed = FrozenSet.Create(StringComparer.Ordinal, "PATH", "HOME", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    public readonly record struct Answer(int Status, string Output)
    {
        public bool Succeeded => Status == 0;
    }

    /// <summary>Runs a program to its end. Its output, errors included, is bounded by what such tools print.</summary>
    public static async Task<Answer> Run(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start([program, .. arguments]);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program with its three streams in our hands.</summary>
    public static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(name => !Passed.Contains(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return Process.Start(start) ?? throw new DatabaseException($"{command[0]} could not be started.");
    }
}
