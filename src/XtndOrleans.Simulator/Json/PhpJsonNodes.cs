using System.Text.Json.Nodes;

namespace XtndOrleans.Simulator;

/// <summary>JSON trees written PHP's way, and merged as RFC 7396 says, for records that a test has bent.</summary>
internal static class PhpJsonNodes
{
    public static PhpJson Node(this PhpJson json, JsonNode? node)
    {
        switch (node)
        {
            case null: return json.Null();
            case JsonObject { Count: 0 }: return json.Empty();
            case JsonObject members:
                json.Object();
                foreach (var (name, value) in members) json.Name(name).Node(value);
                return json.EndObject();
            case JsonArray items:
                json.Array();
                foreach (var item in items) json.Node(item);
                return json.EndArray();
            default:
                return node.GetValueKind() == System.Text.Json.JsonValueKind.String
                    ? json.Value(node.GetValue<string>())
                    : json.Token(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()));
        }
    }

    /// <summary>The rendered record with the patch merged in: null removes a member, an object merges, all else replaces.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> rendered, JsonObject patch)
    {
        var reader = new System.Text.Json.Utf8JsonReader(rendered);
        var target = JsonNode.Parse(ref reader)!.AsObject();
        Merge(target, patch);
        return new PhpJson().Node(target).ToArray();
    }

    static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject old) Merge(old, inner);
            else target[name] = value.DeepClone();
        }
    }
}
