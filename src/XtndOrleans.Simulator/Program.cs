using System.Net.Sockets;
using System.Runtime.InteropServices;
using XtndOrleans.Simulator;

if (args.Contains("--help"))
{
    Console.WriteLine(SimulatorArguments.Help);
    return 0;
}
try
{
    var asked = new TaskCompletionSource();
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        asked.TrySetResult();
    }
    var options = SimulatorArguments.Parse(args);
    await using var host = await SimulatorHost.Start(options);
    Console.WriteLine($"Simulator ready: {host.BaseAddress}store/1 ({options.Stores} stores, {options.Products} products and {options.Orders} orders each)");
    await asked.Task;
    return 0;
}
catch (Exception wrong) when (wrong is UsageException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
