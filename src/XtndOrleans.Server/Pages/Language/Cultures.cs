using System.Globalization;

namespace XtndOrleans.Server.Pages.Language;

/// <summary>How numbers and times are written. Made here and not asked of ICU, which a machine may lack: the process runs with invariant globalization.</summary>
internal static class Cultures
{
    const string NoBreak = "\u00a0";

    public static CultureInfo English { get; } = CultureInfo.ReadOnly(Make("en", "d MMM yyyy", DayOfWeek.Monday));

    public static CultureInfo Swedish { get; } = CultureInfo.ReadOnly(MakeSwedish());

    public static IReadOnlyList<CultureInfo> All { get; } = [English, Swedish];

    static CultureInfo MakeSwedish()
    {
        var culture = Make("sv", "yyyy-MM-dd", DayOfWeek.Monday);
        var numbers = culture.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign) = (",", NoBreak, "\u2212");
        (numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator, numbers.PercentPositivePattern, numbers.PercentNegativePattern) = (",", NoBreak, 0, 0);
        (numbers.CurrencyDecimalSeparator, numbers.CurrencyGroupSeparator) = (",", NoBreak);
        var times = culture.DateTimeFormat;
        times.DayNames = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"];
        times.AbbreviatedDayNames = ["sön", "mån", "tis", "ons", "tor", "fre", "lör"];
        times.ShortestDayNames = ["sö", "må", "ti", "on", "to", "fr", "lö"];
        times.MonthNames = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december", ""];
        times.AbbreviatedMonthNames = ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec", ""];
        times.MonthGenitiveNames = times.MonthNames;
        times.AbbreviatedMonthGenitiveNames = times.AbbreviatedMonthNames;
        return culture;
    }

    static CultureInfo Make(string name, string shortDate, DayOfWeek first)
    {
        var culture = new CultureInfo(name, useUserOverride: false);
        var times = culture.DateTimeFormat;
        (times.ShortDatePattern, times.LongDatePattern, times.FirstDayOfWeek) = (shortDate, "d MMMM yyyy", first);
        (times.ShortTimePattern, times.LongTimePattern, times.YearMonthPattern) = ("HH:mm", "HH:mm:ss", "MMMM yyyy");
        culture.NumberFormat.NumberDecimalDigits = 2;
        return culture;
    }
}
