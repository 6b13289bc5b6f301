using System.Text;
using System.Text.Json;

namespace XtndOrleans.Simulator;

/// <summary>Magento's XML for clients that accept it before JSON, as browsers do: indented, list members named item.</summary>
internal static class Xml
{
    public static RestResult Of(RestResult json)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n");
        using var document = JsonDocument.Parse(json.ToArray());
        Element(text, "response", document.RootElement, 0);
        return RestResult.Html(json.Status, text.ToString(), "application/xml; charset=utf-8");
    }

    static void Element(StringBuilder text, string name, JsonElement value, int depth)
    {
        text.Append(' ', depth * 2).Append('<').Append(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
            case JsonValueKind.Array when value.GetArrayLength() == 0:
                text.Append("/>\n");
                return;
            case JsonValueKind.Object or JsonValueKind.Array:
                text.Append(">\n");
                Members(text, value, depth + 1);
                text.Append(' ', depth * 2);
                break;
            default:
                text.Append('>').Append(System.Security.SecurityElement.Escape(value.ToString()));
                break;
        }
        text.Append("</").Append(name).Append(">\n");
    }

    static void Members(StringBuilder text, JsonElement value, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Element(text, "item", item, depth);
            return;
        }
        foreach (var member in value.EnumerateObject()) Element(text, member.Name, member.Value, depth);
    }
}
