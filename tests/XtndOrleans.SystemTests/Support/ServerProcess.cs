using System.Diagnostics;
using System.Text;

namespace XtndOrleans.SystemTests.Support;

/// <summary>One real server process.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly StringBuilder output = new();

    ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Uri Address { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>What it wrote to its console so far.</summary>
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

    /// <summary>Starts one; it is ready when this returns.</summary>
    public static async Task<ServerProcess> Start(IReadOnlyDictionary<string, string> settings, bool waitUntilReady = true, params string[] arguments)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "XtndOrleans.Server.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_URLS"] = address.AbsoluteUri.TrimEnd('/');
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!, address);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        if (waitUntilReady)
        {
            await server.WaitUntilReady();
        }

        return server;
    }

    /// <summary>Waits until it serves; where it may end by itself, until it does the one or the other.</summary>
    public async Task WaitUntilReady(bool mayEnd = false)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        await Until.True(
            async () =>
            {
                Assert.False(process.HasExited && !mayEnd, $"The server ended instead of starting:\n{Output}");
                try
                {
                    return process.HasExited || (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
                }
                catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            StartLimit,
            () => $"the server to be ready:\n{Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it hangs, and believes afterwards that no time went by.</summary>
    public Task Freeze() => Signal("-STOP");

    /// <summary>SIGCONT.</summary>
    public Task Thaw() => Signal("-CONT");

    /// <summary>SIGTERM, as an orchestrator or Ctrl-C does; waits for the end.</summary>
    public async Task<int> Stop()
    {
        if (!process.HasExited)
        {
            await Signal("-TERM");
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }

        return process.ExitCode;
    }

    public Task WaitForExit(TimeSpan limit) => process.WaitForExitAsync().WaitAsync(limit);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    void Keep(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
