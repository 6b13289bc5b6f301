using System.Diagnostics.CodeAnalysis;

namespace XtndOrleans.Engine;

/// <summary>Zones by their IANA names, from the machine's own time zone data. Works with invariant globalization: no ICU is asked.</summary>
internal static class TimeZones
{
    const string NoData = "This machine has no time zone data, so only UTC can be used. Install the package 'tzdata' and start again.";

    static readonly Lazy<Dictionary<string, string>> Names = new(() =>
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones(skipSorting: true))
        {
            names.TryAdd(zone.Id, zone.Id);
        }

        return names;
    });

    /// <summary>Reads an IANA name.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="problem">What is wrong and what to type instead.</param>
    public static bool TryRead(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone, [NotNullWhen(false)] out string? problem)
    {
        (zone, problem) = (null, null);
        if (string.IsNullOrWhiteSpace(name))
        {
            problem = "Give a time zone by its IANA name, such as Europe/Stockholm.";
        }
        else if (name is "UTC" or "Etc/UTC")
        {
            zone = name is "UTC" ? TimeZoneInfo.Utc : Named(name) ?? TimeZoneInfo.Utc;
        }
        else if (!MayBeIana(name) || Named(name) is not { } found)
        {
            problem = Problem(name);
        }
        else
        {
            zone = found;
        }

        return zone is not null;
    }

    static string Problem(string name)
    {
        if (Named("Europe/Stockholm") is null)
        {
            return NoData;
        }

        if (Names.Value.TryGetValue(name.Trim(), out var meant))
        {
            return $"'{Shown(name)}' is not a time zone. Did you mean {meant}?";
        }

        return $"'{Shown(name)}' is not a time zone of the IANA database. Use a name such as Europe/Stockholm, America/New_York or UTC; Windows names are not known.";
    }

    static TimeZoneInfo? Named(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    // The name becomes a path below the zone data: only what an IANA name is made of may pass, and no file beside the zones.
    static bool MayBeIana(string name) =>
        name.Length <= 64
        && char.IsAsciiLetterUpper(name[0])
        && !name.StartsWith("SystemV/", StringComparison.Ordinal)
        && name is not "Factory"
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');

    static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "…";
}
