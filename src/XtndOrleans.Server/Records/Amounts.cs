using System.Globalization;

namespace XtndOrleans.Server.Records;

/// <summary>Numbers as people read them. No digit is rounded away; zeros that say nothing are left out.</summary>
internal static class Amounts
{
    /// <summary>Money: at least two decimals, and the currency where the store says it.</summary>
    public static string Money(decimal amount, string? currency) =>
        amount.ToString("#,##0.00##########################", CultureInfo.CurrentCulture) + (string.IsNullOrEmpty(currency) ? "" : "\u00a0" + currency);

    /// <summary>A quantity.</summary>
    public static string Number(decimal amount) => amount.ToString("#,##0.############################", CultureInfo.CurrentCulture);
}
