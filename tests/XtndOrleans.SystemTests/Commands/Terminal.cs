using System.Diagnostics;
using System.Text;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Commands;

/// <summary>A command of the repository as a person types it, with its input held open.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    // A start that builds, on a machine that does much else.
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    readonly Process process;
    readonly StringBuilder output = new();
    readonly Task reading;

    Terminal(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Types a command into bash, in the root of the repository.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="isTerminal">Whether it sees a terminal, or pipes.</param>
    public static Terminal Type(string command, IReadOnlyDictionary<string, string> settings, bool isTerminal = false)
    {
        // A session of its own, and signals as a login shell hands them on: whoever runs the tests may ignore some. Script's own shell is whatever SHELL says,
        // and some of those end with 130 after Ctrl-C whatever the command answered; so the command takes that shell's place.
        string[] shell = ["--wait", "env", "--default-signal", "bash", "-c", isTerminal ? $"exec script -qefc 'exec {command}' /dev/null" : $"exec {command}"];
        var start = new ProcessStartInfo("setsid", shell)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    public Task Shows(string text) => Until.True(
        () => Task.FromResult(Output.Contains(text) || (process.HasExited && !Output.Contains(text) ? throw new InvalidOperationException($"It ended without '{text}':\n{Output}") : false)),
        Limit, () => $"'{text}' in:\n{Output}");

    public async Task Press(char key)
    {
        await process.StandardInput.WriteAsync(key);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for its end; answers the exit code.</summary>
    public async Task<int> Ends()
    {
        await process.WaitForExitAsync().WaitAsync(Limit);
        await reading;
        return process.ExitCode;
    }

    public static async Task Signal(string signal, int id)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", $"{id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await Signal("TERM", process.Id);
            await Ends();
        }

        process.Dispose();
    }

    async Task Read(StreamReader from)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            lock (output)
            {
                output.Append(buffer, 0, count);
            }
        }
    }
}
