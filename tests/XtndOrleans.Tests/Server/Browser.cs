using System.Net;
using System.Text.RegularExpressions;

namespace XtndOrleans.Tests.Server;

/// <summary>A browser without scripts: it keeps cookies, fills in forms, and does not follow redirects by itself.</summary>
internal sealed partial class Browser : IDisposable
{
    readonly CookieContainer cookies = new();
    readonly HttpClient http;

    public Browser(ApiWorld world)
    {
        http = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new(world.App.Urls.First()) };
        http.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    public CookieCollection Cookies => cookies.GetCookies(http.BaseAddress!);

    public async Task<Answer> Open(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Read(await http.SendAsync(request));
    }

    public async Task<Answer> Head(string path) => await Read(await http.SendAsync(new(HttpMethod.Head, path)));

    public async Task<Answer> SignIn(string key, string path = "/sign-in") => await Post((await Open(path)).Text, path, ("Key", key), ("_handler", "sign-in"));

    /// <summary>Sends a form with the token that a page holds; with an empty page, without one.</summary>
    public async Task<Answer> Post(string page, string path, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        if (Token().Match(page) is { Success: true } token)
        {
            all.Add(new("__RequestVerificationToken", token.Groups[1].Value));
        }

        using var form = new FormUrlEncodedContent(all);
        return await Read(await http.PostAsync(path, form));
    }

    public void Dispose() => http.Dispose();

    // An address of this server is as good in full as without its host.
    async Task<Answer> Read(HttpResponseMessage answer) => new(answer.StatusCode, answer.Headers.Location?.OriginalString.Replace(http.BaseAddress!.GetLeftPart(UriPartial.Authority), ""), await answer.Content.ReadAsStringAsync(), answer);

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}

internal sealed record Answer(HttpStatusCode Status, string? Location, string Text, HttpResponseMessage Message)
{
    public string Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join("; ", values) : "";
}
