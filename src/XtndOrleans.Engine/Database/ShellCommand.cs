using System.Diagnostics;

namespace XtndOrleans.Engine.Database;

/// <summary>Runs programs, without a shell in between and without the PG* variables of whoever started us.</summary>
internal static class ShellCommand
{
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
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return Process.Start(start) ?? throw new DatabaseException($"{command[0]} could not be started.");
    }
}
