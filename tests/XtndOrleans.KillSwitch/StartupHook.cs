using System.Diagnostics;
using XtndOrleans.KillSwitch;

// .NET runs this inside the unchanged server process when DOTNET_STARTUP_HOOKS names this assembly; the name and the missing namespace are its contract.
#pragma warning disable CA1050, CA1852
internal class StartupHook
#pragma warning restore CA1050, CA1852
{
    static TraceFile? traces;

    /// <summary>
    /// XTND_TEST_KILL_AT=point:page kills the process, as kill -9 does, when a run reaches that point at that page or later. XTND_TEST_TRACES=file writes all
    /// spans to that file.
    /// </summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("XTND_TEST_TRACES") is { Length: > 0 } file)
        {
            traces = new(file);
        }

        if (Environment.GetEnvironmentVariable("XTND_TEST_KILL_AT")?.Split(':') is [var point, var page])
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(point, int.Parse(page)));
        }
    }

    sealed class Listeners(string point, int page) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "XtndOrleans.Sync")
            {
                value.Subscribe(new Killer(page), name => name == point);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    sealed class Killer(int page) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is int reached && reached >= page)
            {
                Process.GetCurrentProcess().Kill();
                new ManualResetEventSlim().Wait();
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
