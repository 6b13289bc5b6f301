using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XtndOrleans.Tests.Simulator;

/// <summary>A request and what a real store answers to it: the status, the content type, the shape of the body.</summary>
public sealed record Exchange(string Name, ExchangeRequest Request, ExchangeAnswer Expect)
{
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Exchange> Of(string file) =>
        JsonSerializer.Deserialize<List<Exchange>>(File.ReadAllText(file), options)!;
}

public sealed record ExchangeAnswer(int Status, string? ContentType, JsonNode? Body);

public sealed record ExchangeRequest(string Method, string Path, string? User, Dictionary<string, string>? Headers, string? Body)
{
    public HttpRequestMessage ToMessage(string? token)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri("store/1" + Path, UriKind.Relative));
        if (Body is not null) message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        foreach (var (name, value) in Headers ?? [])
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        if (token is not null) message.Headers.Authorization = new("Bearer", token);
        return message;
    }
}
