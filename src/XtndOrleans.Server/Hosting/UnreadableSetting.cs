using System.Text.RegularExpressions;

namespace XtndOrleans.Server.Hosting;

/// <summary>A setting whose text is not of its kind. The binder tells what it found, and instead of what is allowed the name of a .NET type.</summary>
internal static partial class UnreadableSetting
{
    /// <summary>The binder's message in an operator's words.</summary>
    public static string Explain(string message) => Conversion().Match(message) is { Success: true, Groups: var found }
        ? $"{found["key"].Value} is '{found["value"].Value}'. Allowed: {Allowed(found["type"].Value)}."
        : message;

    static string Allowed(string type) => type switch
    {
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.TimeSpan" => "a time as hh:mm:ss, or d.hh:mm:ss with days",
        _ => type,
    };

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline)]
    private static partial Regex Conversion();
}
