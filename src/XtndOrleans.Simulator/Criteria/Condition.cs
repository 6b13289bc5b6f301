using System.Globalization;
using System.Text.RegularExpressions;

namespace XtndOrleans.Simulator;

/// <summary>One filter made into a test on rows, with MySQL's leniency about types and Magento's about conditions.</summary>
internal static class Condition
{
    public static Func<TRow, bool> On<TRow>(EntityField<TRow> field, Filter filter) => filter.Condition switch
    {
        "null" => row => IsNull(field, row),
        "notnull" => row => !IsNull(field, row),
        _ when field.Many is { } many => Linked(many, filter),
        _ when field.Date is { } date => Dated(date, filter),
        _ when field.Number is { } number && filter.Condition is not ("like" or "nlike" or "finset" or "regexp") => Numeric(number, filter),
        _ => Textual(field.Text ?? (row => field.Number!(row)?.ToString(CultureInfo.InvariantCulture)), filter),
    };

    static bool IsNull<TRow>(EntityField<TRow> field, TRow row) =>
        field.Text is { } text ? text(row) is null : field.Date is { } date ? date(row) == Row.Undated : field.Number is { } number && number(row) is null;

    static Func<TRow, bool> Linked<TRow>(Func<TRow, IReadOnlyList<int>> many, Filter filter)
    {
        var wanted = filter.Value.Split(',').Select(part => (int)MySqlNumber(part)).ToHashSet();
        return filter.Condition is "neq" or "nin" ? row => !many(row).Any(wanted.Contains) : row => many(row).Any(wanted.Contains);
    }

    static Func<TRow, bool> Dated<TRow>(Func<TRow, long> date, Filter filter)
    {
        if (filter.Condition is "in" or "nin")
        {
            var wanted = filter.Value.Split(',').Select(MySqlDate).ToHashSet();
            return row => date(row) is not Row.Undated and var has && wanted.Contains(has) == (filter.Condition == "in");
        }
        // A time with an offset is NULL to the database, and nothing compares with NULL.
        if (MySqlDate(filter.Value) is not { } value) return _ => false;
        return Compared<TRow>(filter.Condition, row => date(row) is not Row.Undated and var has ? has.CompareTo(value) : null);
    }

    static Func<TRow, bool> Numeric<TRow>(Func<TRow, decimal?> number, Filter filter)
    {
        if (filter.Condition is "in" or "nin")
        {
            var wanted = filter.Value.Split(',').Select(MySqlNumber).ToHashSet();
            return row => number(row) is { } has && wanted.Contains(has) == (filter.Condition == "in");
        }
        var value = MySqlNumber(filter.Value);
        return Compared<TRow>(filter.Condition, row => number(row) is { } has ? has.CompareTo(value) : null);
    }

    static Func<TRow, bool> Textual<TRow>(Func<TRow, string?> text, Filter filter)
    {
        switch (filter.Condition)
        {
            case "in" or "nin":
                var wanted = filter.Value.Split(',').ToHashSet(StringComparer.OrdinalIgnoreCase);
                return row => text(row) is { } has && wanted.Contains(has) == (filter.Condition == "in");
            case "like" or "nlike" or "fulltext":
                var like = Like(filter.Condition == "fulltext" ? $"%{filter.Value}%" : filter.Value);
                return row => text(row) is { } has && like.IsMatch(has) == (filter.Condition != "nlike");
            case "regexp":
                var regex = new Regex(filter.Value, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
                return row => text(row) is { } has && regex.IsMatch(has);
            case "finset" or "nfinset":
                return row => text(row) is { } has && has.Split(',').Contains(filter.Value, StringComparer.OrdinalIgnoreCase) == (filter.Condition == "finset");
            default:
                return Compared<TRow>(filter.Condition,
                    row => text(row) is { } has ? string.Compare(has, filter.Value, StringComparison.OrdinalIgnoreCase) : null);
        }
    }

    /// <summary>Any condition that is not known compares for equality, as Magento does; upper case is not known.</summary>
    static Func<TRow, bool> Compared<TRow>(string condition, Func<TRow, int?> compare) => condition switch
    {
        "neq" => row => compare(row) is not null and not 0,
        "gt" => row => compare(row) > 0,
        "lt" => row => compare(row) < 0,
        "gteq" or "from" or "moreq" => row => compare(row) >= 0,
        "lteq" or "to" => row => compare(row) <= 0,
        _ => row => compare(row) == 0,
    };

    static Regex Like(string pattern) =>
        new("^" + Regex.Escape(pattern).Replace("%", ".*").Replace("_", ".") + "$",
            RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    /// <summary>MySQL's cast: the number the text starts with, else 0.</summary>
    internal static decimal MySqlNumber(string text)
    {
        var digits = text.AsSpan().Trim();
        for (var length = digits.Length; length > 0; length--)
        {
            if (decimal.TryParse(digits[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return number;
        }
        return 0;
    }

    /// <summary>Unix seconds; null for a time with an offset; long.MinValue (0000-00-00) for what is no date.</summary>
    internal static long? MySqlDate(string text)
    {
        var trimmed = text.Trim().TrimEnd('Z');
        string[] formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];
        if (DateTimeOffset.TryParseExact(trimmed, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var utc))
            return utc.ToUnixTimeSeconds();
        return Regex.IsMatch(trimmed, @"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?[+-]\d\d:?\d\d$", RegexOptions.None, TimeSpan.FromSeconds(1)) ? null : long.MinValue;
    }
}
