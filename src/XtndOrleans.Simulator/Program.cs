using XtndOrleans.Simulator;

if (args.Contains("--help"))
{
    Console.WriteLine(SimulatorArguments.Help);
    return 0;
}
try
{
    var options = SimulatorArguments.Parse(args);
    await using var host = await SimulatorHost.Start(options);
    Console.WriteLine($"Simulator ready: {host.BaseAddress}store/1 ({options.Stores} stores, {options.Products} products and {options.Orders} orders each)");
    await host.WaitForShutdown();
    return 0;
}
catch (Exception wrong) when (wrong is UsageException or IOException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
