using System.Globalization;

namespace XtndOrleans.Engine.Syncs;

/// <summary>Ids of the entities that have numbers for ids. Stores count from 1.</summary>
internal static class NumericId
{
    /// <summary>The number of an id that a store gave.</summary>
    public static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    /// <summary>The id of a number.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a text that anybody may have typed is an id that a store can have: no sign, no leading zero.</summary>
    public static bool IsOne(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && Text(number) == text;
}
