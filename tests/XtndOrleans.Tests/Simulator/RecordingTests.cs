using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XtndOrleans.Tests.Simulator;

/// <summary>The simulator against recordings themselves, where the machine has some (XTND_RECORDINGS names their folder).</summary>
public sealed partial class RecordingTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task Every_supported_recording_has_the_same_status_and_shape()
    {
        var folder = Environment.GetEnvironmentVariable("XTND_RECORDINGS");
        Assert.SkipWhen(folder is null, "XTND_RECORDINGS names no folder.");
        var differences = new List<string>();
        var compared = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order().Where(IsSupported))
        {
            compared++;
            var recorded = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
            if (await Difference(recorded) is { } difference) differences.Add($"{Path.GetFileName(file)}: {difference}");
        }
        TestContext.Current.SendDiagnosticMessage("{0} recordings compared", compared);
        Assert.True(compared > 100, $"Only {compared} recordings were compared.");
        Assert.Empty(differences);
    }

    /// <summary>Left out: other routes, other versions of the store's state (maintenance, limits, OAuth) and records of its own.</summary>
    static bool IsSupported(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (!Numbered().IsMatch(name) || OwnState().IsMatch(name)) return false;
        var request = JsonNode.Parse(File.ReadAllText(file))!["request"]!;
        return Route().IsMatch(request["path"]!.GetValue<string>());
    }

    async Task<string?> Difference(JsonNode recorded)
    {
        using var request = await Message(recorded["request"]!);
        using var answer = await simulator.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var expected = recorded["response"]!;
        if (expected["status"]!.GetValue<int>() != (int)answer.StatusCode) return $"{(int)answer.StatusCode}, not {expected["status"]} {text[..Math.Min(200, text.Length)]}";
        var type = expected["headers"]!.AsArray().First(header => header![0]!.GetValue<string>() == "Content-Type")![1]!.GetValue<string>();
        var cookies = Cookies(expected["headers"]!.AsArray().Where(header => header![0]!.GetValue<string>() == "Set-Cookie").Select(header => header![1]!.GetValue<string>()));
        var ours = Cookies(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []);
        if ((int)answer.StatusCode == 401 && cookies != ours) return $"the cookies '{ours}', not '{cookies}'";
        if ((int)answer.StatusCode is not (200 or 401) && answer.Headers.Contains("Set-Cookie")) return "a session for a refusal";
        if (SaysNoSession().IsMatch(recorded["request"]!["path"]!.GetValue<string>()) && answer.Headers.Contains("Set-Cookie")) return "a session";
        if (type != answer.Content.Headers.ContentType?.ToString()) return $"{answer.Content.Headers.ContentType}, not {type}";
        if (!type.StartsWith("application/json", StringComparison.Ordinal) || text.Length == 0 || expected["body"] is null) return null;
        var body = JsonNode.Parse(text);
        if (expected["body"] is JsonObject list && list["search_criteria"] is { } echo && !JsonNode.DeepEquals(echo, body!["search_criteria"]))
            return $"the criteria are echoed as {body["search_criteria"]}, not {echo}";
        return (int)answer.StatusCode is 200 or 500 ? Kinds(expected["body"], body, "$") : JsonNode.DeepEquals(expected["body"], body) ? null : text;
    }

    static string Cookies(IEnumerable<string> headers) => string.Join(' ', headers.Select(header => header.Split('=')[0]));

    async Task<HttpRequestMessage> Message(JsonNode recorded)
    {
        var headers = recorded["headers"]!.Deserialize<Dictionary<string, string>>()!;
        var token = headers.TryGetValue("Authorization", out var authorization) && TokenOf().Match(authorization) is { Success: true } user
            ? await simulator.Token(user.Groups[1].Value)
            : null;
        var body = recorded["body"] switch
        {
            null => null,
            JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
            var json => json.ToJsonString(),
        };
        return new ExchangeRequest(recorded["method"]!.GetValue<string>(), recorded["path"]!.GetValue<string>(), null, headers, body).ToMessage(token);
    }

    /// <summary>Where both have a key its kind is the same; the envelope's keys are the same. The data itself is another store's.</summary>
    static string? Kinds(JsonNode? expected, JsonNode? actual, string path)
    {
        if (expected is JsonArray { Count: > 0 } list && actual is JsonArray { Count: > 0 } other) return Kinds(list[0], other[0], path + "[0]");
        if (expected is JsonObject members && actual is JsonObject others)
        {
            if (path == "$" && !members.Select(m => m.Key).ToHashSet().SetEquals(others.Select(o => o.Key)) && members.ContainsKey("total_count"))
                return $"keys {string.Join(",", others.Select(o => o.Key))}";
            return members.Where(m => others.ContainsKey(m.Key) && m.Key != "value").Select(m => Kinds(m.Value, others[m.Key], $"{path}.{m.Key}")).FirstOrDefault(d => d is not null);
        }
        var (a, b) = (Kind(expected), Kind(actual));
        // A list of nothing beside a list of something; that of nothing is [] or null, and which one is to be as recorded.
        var empty = expected is JsonArray { Count: > 0 } && actual is JsonArray or null || actual is JsonArray { Count: > 0 } && expected is JsonArray or null;
        return a == b || empty ? null : $"{path} is {b}, not {a}";
    }

    static string Kind(JsonNode? node) => node switch
    {
        null => "null",
        JsonArray => "array",
        JsonObject => "object",
        _ => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "bool" : node.GetValueKind().ToString(),
    };

    [GeneratedRegex(@"^\d{3}-")]
    private static partial Regex Numbered();

    [GeneratedRegex("^(03\\d|06\\d|07\\d|21\\d-customer|24[1-9]|25[0-4]|47[0-37]|481|56\\d|57\\d|585|59\\d|6[0-3]\\d|469|470|268|269)")]
    private static partial Regex OwnState();

    [GeneratedRegex(@"^(/index\.php)?/rest(/[a-z0-9_]+)?(/V1)?(/?$|/nosuch/route|/integration/admin/token|/products(\?|$)|/orders(\?|/\d+$|/abc$|$)|/(invoices|shipments|creditmemos|customers/search|inventory/source-items)(\?|$)|/(invoices|shipment|creditmemo|customers)/\d+$|/stockItems/|/store/(storeConfigs|storeViews|websites)|/directory/currency$|/modules)|^/rest/v1/|^/magento_version")]
    private static partial Regex Route();

    [GeneratedRegex("/V1/(invoices|shipment|creditmemo|inventory)")]
    private static partial Regex SaysNoSession();

    [GeneratedRegex("^Bearer \\{\\{TOKEN:(\\w+)\\}\\}$")]
    private static partial Regex TokenOf();
}
