using System.Globalization;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Magento;

namespace XtndOrleans.Benchmarks;

/// <summary>What a benchmark measures.</summary>
internal sealed record Options(string Entity, int Records, int Page, int Rounds)
{
    /// <summary>Reads the command line; the page is the entity's own unless it says otherwise.</summary>
    public static Options Read(IReadOnlyList<string> args, int records, int rounds = 3)
    {
        var options = new Options(Entities.Product, records, 0, rounds);
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            options = args[i] switch
            {
                "--entity" => options with { Entity = args[i + 1] },
                "--records" => options with { Records = Number(args[i + 1]) },
                "--page" => options with { Page = Number(args[i + 1]) },
                "--rounds" => options with { Rounds = Number(args[i + 1]) },
                _ => throw new ArgumentException($"{args[i]} is not an option."),
            };
        }

        return options.Page > 0 ? options : options with { Page = MagentoEntity.Named(options.Entity).PageSize };
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
