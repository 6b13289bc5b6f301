using System.Text.Json;
using System.Text.Json.Serialization;

namespace XtndOrleans.Server.Json;

/// <summary>How the REST API writes and reads JSON.</summary>
public static class ApiJson
{
    /// <summary>Sets the options: camelCase, lower-case enums, times in UTC with Z, times of day to the minute, a field given twice refused.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new WallTimeConverter());
        options.Converters.Add(new MinuteConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    /// <summary>The options by themselves, for what is written outside an endpoint's result.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
