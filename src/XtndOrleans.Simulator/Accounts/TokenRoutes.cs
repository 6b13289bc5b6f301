using System.Text.Json;
using System.Xml.Linq;

namespace XtndOrleans.Simulator;

internal static class TokenRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        new("POST", "integration/admin/token", request => Issue(request, withCode: false)),
        new("POST", "tfa/provider/google/authenticate", request => Issue(request, withCode: true)),
    ];

    static async Task<RestResult> Issue(RestRequest request, bool withCode)
    {
        using var reader = new StreamReader(request.Http.Request.Body);
        var body = await reader.ReadToEndAsync(request.Http.RequestAborted);
        var given = body.Length == 0 ? [] : Body(request.Http.Request.ContentType, body);
        // Credentials in the query string are taken too.
        string Of(string name) => given.GetValueOrDefault(name) ?? request.Query[name]?.Text ?? "";
        var desk = request.Store.SignIn;
        var token = withCode ? desk.Token(Of("username"), Of("password"), Of("otp")) : desk.Token(Of("username"), Of("password"));
        return RestResult.Json(new PhpJson().Value(token).ToArray());
    }

    static Dictionary<string, string?> Body(string? contentType, string body)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        return type switch
        {
            null or "" => throw new MagentoError(400, "Content-Type header is empty."),
            "application/json" => Json(body),
            "application/xml" or "text/xml" or "application/xhtml+xml" => Xml(body),
            _ => throw new MagentoError(400, "Server cannot understand Content-Type HTTP header media type %1") { Positional = [type] },
        };
    }

    static Dictionary<string, string?> Json(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? []
                : json.RootElement.EnumerateObject().Where(member => member.Name is "username" or "password" or "otp").ToDictionary(member => member.Name, member => Text(member.Value));
        }
        catch (JsonException)
        {
            throw new MagentoError(400, "Decoding error.");
        }
    }

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array or JsonValueKind.Object =>
            throw new MagentoError(400, "The \"array\" value's type is invalid. The \"string\" type was expected. Verify and try again."),
        _ => value.GetRawText(),
    };

    static Dictionary<string, string?> Xml(string body)
    {
        try
        {
            return XElement.Parse(body).Elements().ToDictionary(element => element.Name.LocalName, element => (string?)element.Value);
        }
        catch (System.Xml.XmlException)
        {
            throw new MagentoError(400, "Decoding error.");
        }
    }
}
