using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>What a person may see of what a store said.</summary>
public sealed class StoreReplyTests
{
    [Theory]
    [InlineData(500, """{"message":"Internal Error. Details are available in Magento log file. Report ID: webapi-5ce8a5a9c9a8b"}""", "Internal Error. Details are available in Magento log file. Report ID: webapi-5ce8a5a9c9a8b")]
    [InlineData(500, """{"messages":{"error":[{"code":500,"message":"Server internal error. See details in report api\/123456"}]}}""", "Server internal error. See details in report api/123456")]
    [InlineData(404, """{"message":"The product that was requested doesn't exist."}""", "The product that was requested doesn't exist.")]
    [InlineData(200, """{"message":"Array to string conversion"}""", "Array to string conversion")]
    [InlineData(200, "<html><head><title>My shop</title></head><body>ann@example.com</body></html>", "200 My shop")]
    [InlineData(200, "<!doctype html><p>bare", "200")]
    [InlineData(500, "", null)]
    [InlineData(500, """{"message":["odd"]}""", null)]
    public async Task A_failure_keeps_what_the_store_said(int status, string body, string? reply)
    {
        await using var store = await StoreStub.Answering(status, body);
        var failure = await store.Failure();
        Assert.Equal((FailureKind.Data, reply), (failure.Kind, failure.Reply));
    }

    [Theory]
    [InlineData("No such entity with email = ann.ost+x@example.com", "ann.ost")]
    [InlineData("Customer <ann@example.com>, of store", "ann@")]
    [InlineData("Card 4111111111111111 refused", "4111")]
    [InlineData("Card 4111 1111 1111 1111 refused", "1111")]
    [InlineData("Call +4670123456789", "4567")]
    [InlineData("GET https://shop.example/rest/V1/orders?token=secret&x=1 failed", "secret")]
    [InlineData("GET /rest/V1/orders?password=secret failed", "secret")]
    [InlineData("Bearer eyJraWQiOiIxIiwiYWxnIjoiSFMyNTYifQ.eyJ1aWQiOjF9abcdefghijk.a-b_c-d_e-f_g-h_i-j_k-l_m-n_o-p_q-r", "eyJ")]
    [InlineData("oauth key abcdefghij0123456789", "abcdef")]
    [InlineData("https://admin:hunter2@shop.example/x", "hunter2")]
    public async Task Whatever_may_be_personal_or_secret_is_masked(string message, string secret)
    {
        await using var store = await StoreStub.Answering(500, System.Text.Json.JsonSerializer.Serialize(new { message }));
        var failure = await store.Failure();
        Assert.Contains("***", failure.Reply);
        Assert.DoesNotContain(secret, $"{failure.Reply} {failure}");
    }

    [Fact]
    public async Task A_long_message_is_shortened_without_showing_half_a_secret()
    {
        await using var store = await StoreStub.Answering(500, $$"""{"message":"{{new string('x', 10)}} {{string.Concat(Enumerable.Repeat("word ", 2000))}}"}""");
        Assert.Equal(300, (await store.Failure()).Reply!.Length);

        await using var other = await StoreStub.Answering(500, $$"""{"message":"{{new string('a', 4090)}}secret"}""");
        Assert.DoesNotContain("aaaa", (await other.Failure()).Reply);
    }

    [Fact]
    public async Task A_refusal_keeps_nothing()
    {
        await using var store = await StoreStub.Answering(401, """{"message":"x","parameters":{"resources":"Magento_Sales::actions_view"}}""");
        Assert.Null((await store.Failure()).Reply);
    }
}
