using System.Net;
using System.Net.Http.Headers;
using XtndOrleans.Server.Json;
using XtndOrleans.Server.Problems;

namespace XtndOrleans.Server.Onboarding;

/// <summary>The REST API, as any client sees it.</summary>
internal sealed class ApiClient(HttpClient http)
{
    /// <summary>The API key of the calls.</summary>
    public string Key
    {
        set => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", value);
    }

    public Task<T> Get<T>(string path) => Send<T>(HttpMethod.Get, path, null);

    public Task<T> Post<T>(string path, object? body = null) => Send<T>(HttpMethod.Post, path, body);

    public Task<T> Put<T>(string path, object body) => Send<T>(HttpMethod.Put, path, body);

    public Task<T> Patch<T>(string path, object body) => Send<T>(HttpMethod.Patch, path, body);

    public async Task Delete(string path)
    {
        using var answer = await http.DeleteAsync(new Uri("/api/v1/" + path, UriKind.Relative));
        await Check(answer);
    }

    /// <summary>Whether the server may be sent calls.</summary>
    public async Task<bool> IsReady()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    async Task<T> Send<T>(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri("/api/v1/" + path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body, options: ApiJson.Options);
        using var answer = await http.SendAsync(request);
        await Check(answer);
        return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options) ?? throw new OnboardException($"{path}: the server's answer is empty.");
    }

    static async Task Check(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var problem = answer.Content.Headers.ContentType?.MediaType == ApiProblem.MediaType
            ? await answer.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Options)
            : null;
        throw new ApiException(answer.StatusCode, problem?.Code, problem?.Detail ?? $"The server answers {(int)answer.StatusCode} without a reason. Is it XtndOrleans?");
    }
}

/// <summary>An answer that is not a success.</summary>
internal sealed class ApiException(HttpStatusCode status, string? code, string detail) : Exception(detail)
{
    public HttpStatusCode Status => status;

    public string? Code => code;
}
