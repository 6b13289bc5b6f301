using System.Net;
using System.Text.RegularExpressions;
using System.Web;

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
        return await Send(request, headers);
    }

    public async Task<Answer> Head(string path) => await Read(await http.SendAsync(new(HttpMethod.Head, path)));

    public async Task<Answer> SignIn(string key, string path = "/sign-in") => await Post((await Open(path)).Text, path, ("Key", key), ("_handler", "sign-in"));

    /// <summary>Opens a link that signs in and presses its button.</summary>
    public async Task<Answer> Follow(string link, params (string Name, string Value)[] headers)
    {
        var page = (await Open(link, headers)).Text;
        return await Press(page, link, headers);
    }

    /// <summary>Presses the button of a link's page that was opened before.</summary>
    public Task<Answer> Press(string page, string link, params (string Name, string Value)[] headers) =>
        Post(page, "/sign-in", [("Link", HttpUtility.ParseQueryString(link.Split('?')[1])["once"]!), ("_handler", "link")], headers);

    /// <summary>Sends a form with the token that a page holds; with an empty page, without one.</summary>
    public Task<Answer> Post(string page, string path, params (string Name, string Value)[] fields) => Post(page, path, fields, []);

    async Task<Answer> Post(string page, string path, (string Name, string Value)[] fields, (string Name, string Value)[] headers)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        if (Token().Match(page) is { Success: true } token)
        {
            all.Add(new("__RequestVerificationToken", token.Groups[1].Value));
        }

        using var form = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(all) };
        return await Send(form, headers);
    }

    public void Dispose() => http.Dispose();

    async Task<Answer> Send(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Read(await http.SendAsync(request));
    }

    // An address of this server is as good in full as without its host.
    async Task<Answer> Read(HttpResponseMessage answer) => new(answer.StatusCode, answer.Headers.Location?.OriginalString.Replace(http.BaseAddress!.GetLeftPart(UriPartial.Authority), ""), await answer.Content.ReadAsStringAsync(), answer);

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}

internal sealed record Answer(HttpStatusCode Status, string? Location, string Text, HttpResponseMessage Message)
{
    public string Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join("; ", values) : "";
}
