using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using XtndOrleans.Connectors;

namespace XtndOrleans.Tests.Connectors;

/// <summary>What the store, its web server, or something in front of it can do to a page.</summary>
public sealed class MagentoFailureTests
{
    const string Denied = """{"message":"Dem Benutzer fehlt ein Recht: %resources.","parameters":{"resources":"Magento_Sales::actions_view"}}""";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, Denied, FailureCodes.Unauthorized, FailureKind.Unauthorized)]
    [InlineData(401, "<html>Authorization Required</html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(400, """{"message":"Maximum SearchCriteria pageSize is %max","parameters":{"max":300}}""", FailureCodes.PageSizeRefused, FailureKind.Rejected)]
    [InlineData(400, """{"message":"%1","parameters":["max"]}""", FailureCodes.RequestRefused, FailureKind.Rejected)]
    [InlineData(404, """{"message":"The product that was requested doesn't exist."}""", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(404, "<html>404</html>", FailureCodes.NotAMagentoApi, FailureKind.Rejected)]
    [InlineData(414, "<html>414</html>", FailureCodes.RequestRefused, FailureKind.Rejected)]
    [InlineData(500, """{"message":"Internal Error. Details are available in Magento log file. Report ID: webapi-1"}""", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(500, """{"messages":{"error":[{"code":500,"message":"Server internal error. See details in report api\/1"}]}}""", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(500, "", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(500, "<!doctype html>An error has happened during application run.", FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(502, "<html>502</html>", FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(503, "<!doctype html><title>Error 503: Service Unavailable</title>", FailureCodes.Maintenance, FailureKind.StoreDown)]
    [InlineData(504, "<html>504</html>", FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(520, "", FailureCodes.StoreError, FailureKind.StoreDown)]
    [InlineData(403, "<html>Forbidden</html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(200, "<html><script src='/cdn-cgi/challenge-platform/h/b'></script></html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(200, "<html><script>var sucuri_cloudproxy_js=''</script></html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(503, "<html><iframe src='/_Incapsula_Resource?x'></iframe></html>", FailureCodes.BlockedByFirewall, FailureKind.Blocked)]
    [InlineData(304, "", FailureCodes.Redirected, FailureKind.Rejected)]
    public async Task An_answer_that_is_no_success_is_classified(int status, string body, string code, FailureKind kind)
    {
        await using var store = await StoreStub.Start(context =>
        {
            context.Response.StatusCode = status;
            return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
        });

        var failure = await store.Failure(Entities.Order);

        Assert.Equal((code, kind, status), (failure.Code, failure.Kind, failure.Status ?? status));
        Assert.DoesNotContain("the-token", failure.ToString());
        Assert.Single(store.Requests);
    }

    [Fact]
    public async Task A_refused_token_names_the_right_and_where_it_is_given()
    {
        await using var store = await StoreStub.Answering(401, Denied);

        var permission = (await store.Failure(Entities.Order)).AsPermissionMissing();

        Assert.Equal((FailureCodes.PermissionMissing, FailureKind.Permission, "Magento_Sales::actions_view"), (permission.Code, permission.Kind, permission.MissingPermission));
        Assert.Contains("Sales > Operations > Orders > Actions > View", permission.Cure);
        Assert.Same(permission, permission.AsPermissionMissing());
    }

    [Theory]
    [InlineData("300", 300)]
    [InlineData("\"300\"", 300)]
    [InlineData("-1", null)]
    [InlineData("1e400", null)]
    [InlineData("\"\\ud800\"", null)]
    public async Task A_limit_of_the_page_size_is_told(string written, int? limit)
    {
        await using var store = await StoreStub.Answering(400, $$$"""{"message":"x","parameters":{"max":{{{written}}}}}""");
        Assert.Equal(limit, (await store.Failure(size: 500)).MaximumPageSize);
    }

    [Theory]
    [InlineData(500, """{"message":"Accès refusé"}""", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(500, """{"message":"\ud800"}""", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(401, """{"message":"Accès refusé","parameters":{"resources":"Magento_Sales::actions_view"}}""", FailureCodes.Unauthorized, FailureKind.Unauthorized)]
    [InlineData(401, """{"message":"x","parameters":{"resources":"è\ud800"}}""", FailureCodes.Unauthorized, FailureKind.Unauthorized)]
    [InlineData(500, """{"mess\ud800age":"x","message":"y"}""", FailureCodes.StoreError, FailureKind.Data)]
    [InlineData(200, """{"message":"\ud800"}""", FailureCodes.MalformedAnswer, FailureKind.Data)]
    public async Task An_error_that_is_no_text_is_classified_all_the_same(int status, string body, string code, FailureKind kind)
    {
        // In Latin-1 an accent is a byte that is no UTF-8.
        await using var store = await StoreStub.Start(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(body)).AsTask();
        });
        var failure = await store.Failure(Entities.Order);
        Assert.Equal((code, kind), (failure.Code, failure.Kind));
    }

    [Theory]
    [InlineData("7", "Mon, 23 Nov 2026 10:00:00 GMT", 7)]
    [InlineData("Mon, 23 Nov 2026 10:02:00 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", 120)]
    [InlineData("Mon, 23 Nov 2026 09:00:00 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", 0)]
    [InlineData("99999999", "Mon, 23 Nov 2026 10:00:00 GMT", 86400)]
    [InlineData("soon", "Mon, 23 Nov 2026 10:00:00 GMT", null)]
    public async Task Too_many_requests_tell_how_long_to_wait_by_the_clock_of_the_store(string retryAfter, string date, int? seconds)
    {
        await using var store = await StoreStub.Answering(429, "", "text/html", ("Retry-After", retryAfter), ("Date", date));
        var failure = await store.Failure();
        Assert.Equal((FailureCodes.RateLimited, FailureKind.Rate), (failure.Code, failure.Kind));
        Assert.Equal(seconds, (int?)failure.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_store_that_never_answers_is_given_up()
    {
        await using var store = await StoreStub.Start(StoreStub.Hang, o => o.RequestLimit = TimeSpan.FromSeconds(1));
        var failure = await store.Failure();
        Assert.Equal((FailureCodes.Timeout, FailureKind.StoreDown), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task A_body_that_falls_silent_is_given_up_long_before_the_whole_limit()
    {
        await using var store = await StoreStub.Start(async context =>
        {
            await context.Response.WriteAsync("{\"items\":[");
            await context.Response.Body.FlushAsync();
            await StoreStub.Hang(context);
        }, o => o.IdleLimit = TimeSpan.FromMilliseconds(200));
        Assert.Equal(FailureCodes.Timeout, (await store.Failure()).Code);
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up_at_the_whole_limit()
    {
        await using var store = await StoreStub.Start(async context =>
        {
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (await drip.WaitForNextTickAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(" ");
                await context.Response.Body.FlushAsync();
            }
        }, o => o.RequestLimit = TimeSpan.FromSeconds(1));
        Assert.Equal(FailureCodes.Timeout, (await store.Failure()).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_beyond_the_cap_is_not_kept(bool compressed)
    {
        await using var store = await StoreStub.Start(context => Endless(context, compressed), o => o.AnswerLimit = 1024 * 1024);
        var failure = await store.Failure();
        Assert.Equal((FailureCodes.AnswerTooLarge, FailureKind.Data), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task An_announced_length_beyond_the_cap_is_not_even_read()
    {
        await using var store = await StoreStub.Start(
            async context =>
            {
                context.Response.ContentLength = 10_000_000_000;
                await context.Response.WriteAsync("{");
                await StoreStub.Hang(context);
            });
        Assert.Equal(FailureCodes.AnswerTooLarge, (await store.Failure()).Code);
    }

    [Fact]
    public async Task An_endless_error_page_is_still_that_error()
    {
        await using var store = await StoreStub.Start(context =>
        {
            context.Response.StatusCode = 503;
            return Endless(context, compressed: false);
        });
        Assert.Equal(FailureCodes.Maintenance, (await store.Failure()).Code);
    }

    [Fact]
    public async Task A_compressed_page_is_read()
    {
        await using var store = await StoreStub.Start(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(MagentoReadTests.List(1, """{"id":1}""")), context.RequestAborted);
        });
        using var page = await store.Read();
        Assert.Single(page.Records);
    }

    [Theory]
    [InlineData(200, "gzip", FailureCodes.MalformedAnswer, FailureKind.Data)]
    [InlineData(200, "deflate", FailureCodes.MalformedAnswer, FailureKind.Data)]
    [InlineData(200, "br", FailureCodes.MalformedAnswer, FailureKind.Data)]
    [InlineData(503, "gzip", FailureCodes.Maintenance, FailureKind.StoreDown)]
    [InlineData(503, "br", FailureCodes.Maintenance, FailureKind.StoreDown)]
    [InlineData(429, "br", FailureCodes.RateLimited, FailureKind.Rate)]
    public async Task A_compression_that_is_none_hides_no_status(int status, string encoding, string code, FailureKind kind)
    {
        await using var store = await StoreStub.Answering(status, "{\"items\":[],\"total_count\":0}", "application/json", ("Content-Encoding", encoding));
        var failure = await store.Failure();
        Assert.Equal((code, kind), (failure.Code, failure.Kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_off_is_a_store_that_is_down(bool afterHeaders)
    {
        await using var store = await StoreStub.Start(async context =>
        {
            if (afterHeaders)
            {
                await context.Response.WriteAsync("{\"items\":[");
                await context.Response.Body.FlushAsync();
            }
            context.Abort();
        });
        var failure = await store.Failure();
        Assert.Equal((FailureCodes.Unreachable, FailureKind.StoreDown), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_a_store_that_is_down()
    {
        await using var store = await StoreStub.Answering(200, "");
        // Held, so that no other test's server listens there, and not listened to.
        using var held = new Socket(SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var session = new StoreSession(new Uri($"http://{held.LocalEndPoint}/rest/V1/"), "Bearer the-token");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.Read(session, new PageRequest(Entities.Product, null, null, 1), Cancel));
        Assert.Equal((FailureCodes.Unreachable, FailureKind.StoreDown), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task A_port_that_does_not_speak_tls_asks_for_a_person()
    {
        await using var store = await StoreStub.Answering(200, "");
        var session = new StoreSession(new Uri(store.Root.Replace("http:", "https:") + "/rest/V1/"), "Bearer the-token");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => store.Magento.Read(session, new PageRequest(Entities.Product, null, null, 1), Cancel));
        Assert.Equal((FailureCodes.TlsFailed, FailureKind.Rejected), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_a_failure_of_the_store()
    {
        await using var store = await StoreStub.Start(StoreStub.Hang);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var read = store.Magento.Read(store.Session, new PageRequest(Entities.Product, null, null, 1), caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task A_cookie_of_the_store_is_never_sent_back()
    {
        var cookies = 0;
        await using var store = await StoreStub.Start(context =>
        {
            cookies += context.Request.Cookies.Count;
            context.Response.Cookies.Append("PHPSESSID", "abc");
            return context.Response.WriteAsync("""{"items":[],"total_count":0}""");
        });
        (await store.Read()).Dispose();
        (await store.Read()).Dispose();
        Assert.Equal((0, 2), (cookies, store.Requests.Count));
    }

    static async Task Endless(HttpContext context, bool compressed)
    {
        var blank = Encoding.UTF8.GetBytes(new string(' ', 64 * 1024));
        context.Response.Headers.ContentEncoding = compressed ? "gzip" : default;
        await using var body = compressed ? new GZipStream(context.Response.Body, CompressionLevel.Optimal) : context.Response.Body;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await body.WriteAsync(blank, context.RequestAborted);
        }
    }
}
