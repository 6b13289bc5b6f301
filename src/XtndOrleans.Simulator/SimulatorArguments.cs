using System.Globalization;

namespace XtndOrleans.Simulator;

/// <summary>A wrong option, in words.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>Reads the command line.</summary>
public static class SimulatorArguments
{
    public const string Help = """
        Simulated Magento 2 stores at http://127.0.0.1:PORT/store/1/rest/V1 and so on.

          --stores N              stores, numbered from 1           (1)
          --products N            products in each                  (2000)
          --orders N              orders in each                    (500)
          --customers N           customers in each                 (a quarter of the orders)
          --second-source PERCENT products that are in two sources  (20)
          --single-source         no multi-source inventory: legacy stock only
          --port P                0 picks a free one                (8380)
          --seed S                same seed, same data              (1)
          --user NAME:PASSWORD[:RESOURCE,RESOURCE...]
                                  an admin user, more than once; without resources he may all
                                  (admin:Admin123demo)
          --token-minutes M       life of a token                   (60)
          --latency-ms M          wait before every answer          (0)
          --record-latency-us U   wait for each record of a page    (0)
          --any-address           listen on every address, not on loopback alone: in a container
          --gzip                  compress for clients that accept it
          --help                  this text

        Changes, faults and counters: /control/store/{n}/..., see README.md.
        """;

    public static SimulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions { Port = 8380 };
        var users = new List<UserOption>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (Switch(options, name) is { } switched)
            {
                options = switched;
                continue;
            }
            var value = ++i < arguments.Count ? arguments[i] : throw new UsageException($"{name} needs a value, or is not known; see --help.");
            if (name == "--user") users.Add(User(value));
            else options = With(options, name, value);
        }
        return users.Count == 0 ? options : options with { Users = users };
    }

    static SimulatorOptions? Switch(SimulatorOptions options, string name) => name switch
    {
        "--any-address" => options with { AnyAddress = true },
        "--gzip" => options with { Gzip = true },
        "--single-source" => options with { MultiSource = false },
        _ => null,
    };

    static SimulatorOptions With(SimulatorOptions options, string name, string value) => name switch
    {
        "--stores" => options with { Stores = Number(name, value, 1, 10_000) },
        "--products" => options with { Products = Number(name, value, 0, 2_000_000) },
        "--orders" => options with { Orders = Number(name, value, 0, 2_000_000) },
        "--customers" => options with { Customers = Number(name, value, 0, 2_000_000) },
        "--second-source" => options with { SecondSourcePercent = Number(name, value, 0, 100) },
        "--port" => options with { Port = Number(name, value, 0, 65_535) },
        "--seed" => options with { Seed = Number(name, value, 0, int.MaxValue) },
        "--token-minutes" => options with { TokenLife = TimeSpan.FromMinutes(Number(name, value, 1, 1_000_000)) },
        "--latency-ms" => options with { Latency = TimeSpan.FromMilliseconds(Number(name, value, 0, 600_000)) },
        "--record-latency-us" => options with { LatencyPerRecord = TimeSpan.FromMicroseconds(Number(name, value, 0, 10_000_000)) },
        _ => throw new UsageException($"{name} is not an option; see --help."),
    };

    static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} takes a whole number from {least} to {most}, not \"{value}\".");

    /// <summary>Resources hold two colons themselves, so only the first two parts are cut off.</summary>
    static UserOption User(string value)
    {
        var parts = value.Split(':', 3);
        return parts is [{ Length: > 0 } name, { Length: > 0 } password, ..]
            ? new(name, password, parts.Length == 3 ? parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [])
            : throw new UsageException("--user takes NAME:PASSWORD or NAME:PASSWORD:RESOURCE,RESOURCE.");
    }
}
