using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace XtndOrleans.SystemTests.Secrets;

/// <summary>Calls the API, and keeps every answer: status, headers and body.</summary>
internal sealed class Recorder : IDisposable
{
    readonly HttpClient client;
    readonly StringBuilder answers;

    public Recorder(Uri server, string key, StringBuilder answers)
    {
        client = new() { BaseAddress = new(server, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        this.answers = answers;
    }

    /// <summary>Sends an object as JSON, or a text as it is. <paramref name="shows"/>: the answer is the one that may show a key.</summary>
    public async Task<JsonNode?> Send(string method, string path, object? body = null, string? idempotencyKey = null, bool shows = false)
    {
        using var request = new HttpRequestMessage(new(method), path)
        {
            Content = body switch { null => null, string text => new StringContent(text, Encoding.UTF8, "application/json"), _ => JsonContent.Create(body) },
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var answer = await client.SendAsync(request);
        var read = await answer.Content.ReadAsStringAsync();
        if (!shows)
        {
            answers.AppendLine($"{method} {path}").AppendLine($"{answer}").AppendLine(read);
        }

        return answer.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true ? JsonNode.Parse(read) : null;
    }

    public void Dispose() => client.Dispose();
}
