using System.Globalization;

namespace XtndOrleans.Benchmarks;

/// <summary>What a benchmark measures.</summary>
internal sealed record Options(int Products, int Page, int Rounds)
{
    public static Options Read(IReadOnlyList<string> args, int products)
    {
        var options = new Options(products, 200, 3);
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            var value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--products" => options with { Products = value },
                "--page" => options with { Page = value },
                "--rounds" => options with { Rounds = value },
                _ => throw new ArgumentException($"{args[i]} is not an option."),
            };
        }

        return options;
    }
}
