using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XtndOrleans.Tests.Simulator;

/// <summary>
/// Compares an answer with a skeleton. Text that starts with $ names a type; an object's keys are exact unless it has "...";
/// ["$each", s] holds for every member, ["$count", n] for their number; all else is literal.
/// </summary>
static partial class Shape
{
    public static void Same(JsonNode? expected, JsonNode? actual, string path = "$")
    {
        switch (expected)
        {
            case JsonObject members: Members(members, actual, path); break;
            case JsonArray and [JsonValue first, var rule] when first.GetValueKind() == JsonValueKind.String && first.GetValue<string>() is "$each" or "$count":
                Each(first.GetValue<string>(), rule!, actual, path);
                break;
            case JsonArray items:
                var list = Assert.IsType<JsonArray>(actual, exactMatch: false);
                Assert.True(items.Count == list.Count, $"{path}: {list.Count} members, not {items.Count}");
                for (var i = 0; i < items.Count; i++) Same(items[i], list[i], $"{path}[{i}]");
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().StartsWith('$'):
                Assert.True(IsOf(text.GetValue<string>(), actual), $"{path}: {actual?.ToJsonString() ?? "null"} is not {text}");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path}: {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    static void Members(JsonObject expected, JsonNode? actual, string path)
    {
        var members = Assert.IsType<JsonObject>(actual, exactMatch: false);
        foreach (var (name, value) in expected.Where(member => member.Key != "..."))
        {
            Assert.True(members.ContainsKey(name), $"{path}.{name} is missing");
            Same(value, members[name], $"{path}.{name}");
        }
        if (expected.ContainsKey("...")) return;
        var more = members.Select(member => member.Key).Where(name => !expected.ContainsKey(name)).ToList();
        Assert.True(more.Count == 0, $"{path} has {string.Join(", ", more)} too");
    }

    static void Each(string word, JsonNode rule, JsonNode? actual, string path)
    {
        var list = Assert.IsType<JsonArray>(actual, exactMatch: false);
        if (word == "$count") Assert.Equal(rule.GetValue<int>(), list.Count);
        else for (var i = 0; i < list.Count; i++) Same(rule, list[i], $"{path}[{i}]");
    }

    static bool IsOf(string type, JsonNode? value)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return type switch
        {
            "$any" => true,
            "$string" => kind == JsonValueKind.String,
            "$number" => kind == JsonValueKind.Number,
            "$int" or "$last" => kind == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out var number) && (type == "$int" || number >= 50),
            "$bool" => kind is JsonValueKind.True or JsonValueKind.False,
            "$date" => kind == JsonValueKind.String && DateTime.TryParseExact(value!.GetValue<string>(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "$jwt" => kind == JsonValueKind.String && Jwt().IsMatch(value!.GetValue<string>()),
            "$report" => kind == JsonValueKind.String && Report().IsMatch(value!.GetValue<string>()),
            _ => throw new ArgumentException($"The fixture has an unknown type {type}."),
        };
    }

    [GeneratedRegex(@"^[\w-]+\.[\w-]+\.[\w-]+$")]
    private static partial Regex Jwt();

    [GeneratedRegex("^Internal Error. Details are available in Magento log file. Report ID: webapi-[0-9a-f]{13}$")]
    private static partial Regex Report();
}
