using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace XtndOrleans.Tests.Server;

public sealed class ProblemFacts
{
    [Theory]
    [InlineData("", "invalid_run", "entity")]
    [InlineData("{", "invalid_json", null)]
    [InlineData("{\"entity\":\"product\",}", "invalid_json", null)]
    [InlineData("{\"entity\":\"product\"} x", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("\"product\"", "invalid_json", null)]
    [InlineData("17", "invalid_json", null)]
    [InlineData("{\"entity\":17}", "invalid_field", "entity")]
    [InlineData("{\"entity\":{\"a\":1}}", "invalid_field", "entity")]
    [InlineData("{\"entity\":[\"product\"]}", "invalid_field", "entity")]
    [InlineData("{\"entity\":\"product\",\"since\":5}", "invalid_field", "since")]
    [InlineData("{\"entity\":\"product\",\"entity\":\"order\"}", "invalid_field", "entity")]
    [InlineData("null", "invalid_run", "entity")]
    public async Task A_body_that_is_not_what_it_should_be_is_said_in_words(string body, string code, string? field)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var answer = await tenant.Owner.Call(HttpMethod.Post, $"connections/{await tenant.Connection()}/runs", new StringContent(body, Encoding.UTF8, "application/json"));
        IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.Equal((code, field is null), (answer.Code, answer.Body["errors"]?[field ?? ""] is null));
        Assert.DoesNotContain("System.", answer.Body.ToJsonString());
        Assert.DoesNotContain("LineNumber", answer.Body.ToJsonString());
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_refused()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var body = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        body.Headers.ContentType = new("application/json");
        IsProblem(await tenant.Owner.Call(HttpMethod.Post, "connections", body), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Only_JSON_is_taken(string type)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var body = new StringContent("system=magento", Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        var answer = await tenant.Owner.Call(HttpMethod.Post, "connections", body);
        IsProblem(answer, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("unsupported_media_type", answer.Code);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("utf-7")]
    public async Task A_charset_that_nobody_knows_is_refused(string charset)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var body = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json; charset=" + charset) } };
        var answer = await tenant.Owner.Call(HttpMethod.Post, "connections", body);
        IsProblem(answer, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("unsupported_media_type", answer.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_larger_than_a_mebibyte_is_refused(bool saysItsLength)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var body = new StringContent($$"""{"name":"{{new string('x', 1024 * 1024)}}"}""", Encoding.UTF8, "application/json");
        var owner = tenant.Owner;
        owner.DefaultRequestHeaders.TransferEncodingChunked = !saysItsLength;
        // The refusal may come before the body is sent; whoever is still sending then finds the connection closed.
        owner.DefaultRequestHeaders.ExpectContinue = true;
        var answer = await owner.Call(HttpMethod.Post, "connections", body);
        IsProblem(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("body_too_large", answer.Code);
    }

    [Theory]
    [InlineData("connections?limit=0", "limit", "Give a limit")]
    [InlineData("connections?limit=1001", "limit", "Give a limit")]
    [InlineData("connections?limit=ten", "limit", "Give a whole number")]
    [InlineData("connections?limit=99999999999", "limit", "Give a whole number")]
    [InlineData("connections?cursor=nonsense", "cursor", "Give back")]
    [InlineData("connections/{0}/runs?state=tired", "state", "Give one of")]
    [InlineData("connections/{0}/runs?entity=fax", "entity", "Give one of")]
    [InlineData("connections/{0}/schedules/product/slots?cursor=nonsense", "cursor", "Give back")]
    [InlineData("connections/{0}/records/product?updatedSince=yesterday", "updatedSince", "Give a time")]
    [InlineData("connections/{0}/records/product?includeDeleted=maybe", "includeDeleted", "Give true or false")]
    [InlineData("connections/{0}/records/product?updatedSince=2026-11-23T08:05:00", "updatedSince", "Give a time")]
    [InlineData("connections/{0}/records/product?updatedSince=11/23/2026", "updatedSince", "Give a time")]
    [InlineData("connections/{0}/records/product?updatedSince=2026-11-23T08:05:00+01:00", "updatedSince", "Give a time")]
    [InlineData("connections/{0}/records/product?cursor=nonsense", "cursor", "Give back")]
    [InlineData("connections/{0}/quarantine?cursor=nonsense", "cursor", "Give back")]
    [InlineData("connections/{0}/changes/product?after=-1", "after", "Give the next")]
    [InlineData("connections/{0}/changes/product?after=x", "after", "Give a whole number")]
    public async Task A_parameter_that_cannot_be_is_named(string path, string field, string cure)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var answer = await tenant.Owner.Get(path.Replace("{0}", await tenant.Connection()));
        IsProblem(answer, HttpStatusCode.BadRequest);
        Assert.StartsWith(cure, answer.Body["errors"]![field]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task An_address_or_a_method_that_is_not_there_is_a_problem_too()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        IsProblem(await tenant.Owner.Get("nowhere"), HttpStatusCode.NotFound);
        IsProblem(await tenant.Owner.Get("connections/not-an-id"), HttpStatusCode.NotFound);
        var wrong = await tenant.Owner.Put("connections", new { });
        IsProblem(wrong, HttpStatusCode.MethodNotAllowed);
        Assert.Equal("method_not_allowed", wrong.Code);
        Assert.Contains("POST", wrong.Message.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("connections/{0}/pause")]
    [InlineData("connections/verify")]
    public async Task An_address_that_only_takes_POST_says_so_to_GET(string path)
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        var answer = await tenant.Owner.Get(path.Replace("{0}", await tenant.Connection()));
        IsProblem(answer, HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["POST"], answer.Message.Content.Headers.Allow);
    }

    [Fact]
    public async Task No_answer_is_kept_by_anything_in_between()
    {
        var tenant = await (await ApiWorld.Shared).Tenant();
        Assert.True((await tenant.Owner.Get("connections")).Message.Headers.CacheControl!.NoStore);
        Assert.True((await tenant.Owner.Get("nowhere")).Message.Headers.CacheControl!.NoStore);
    }

    static void IsProblem(Reply answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal((int)status, answer.Body["status"]!.GetValue<int>());
        Assert.Matches("^[a-z_0-9]+$", answer.Code!);
        Assert.NotEmpty(answer.Body["detail"]!.GetValue<string>());
        Assert.NotEmpty(answer.Body["title"]!.GetValue<string>());
    }
}
