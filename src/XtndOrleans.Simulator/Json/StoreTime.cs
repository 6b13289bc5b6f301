using System.Globalization;

namespace XtndOrleans.Simulator;

/// <summary>Magento's times: UTC, whole seconds, <c>yyyy-MM-dd HH:mm:ss</c>, kept here as Unix seconds.</summary>
internal static class StoreTime
{
    public static string Text(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
