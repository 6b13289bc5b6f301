using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Secrets;

/// <summary>A secret is sealed at rest and silent everywhere else, whatever a person does and however much the server logs.</summary>
public sealed class SecretTests
{
    const string Secret = "Vq7ZkT9mWx\"<\\>&' +%åä€";
    const string NewSecret = "Hs4RpL8nBd\"<\\>&' +%öü€";
    const string WrongSecret = "Jw5GtN2cYf\"<\\>&' +%éñ€";

    // PostgreSQL is asked without a certificate, so its password is only a setting.
    const string CertificatePassword = "Fw7HcZ3kPd";

    const string Totp = "KRUGKIDRMFXGO5LBONUW63TTFQ";
    const string WrongTotp = "not base32: Kz8RbW3tYq";

    /// <summary>All tokens of the store begin so: the head of its JWT, in base64.</summary>
    const string TokenHead = "eyJraWQiOiIxIiwiYWxnIjoiSFMyNTYifQ";

    readonly StringBuilder answers = new();
    readonly List<string> keys = [];
    readonly List<IntegrationAccount> integrations = [];

    [Fact]
    public async Task A_secret_is_nowhere_but_sealed_in_the_database()
    {
        var traces = Path.Combine(Path.GetTempPath(), $"xtnd-traces-{Guid.NewGuid():N}");
        await using var world = await World.Create(new() { Products = 600, Orders = 100, Users = [new("admin", Secret, [])] });
        var settings = Loudest(traces);
        settings["ConnectionStrings__Xtnd"] = $"{world.Database.ConnectionString};SSL Password={CertificatePassword}";
        var server = await world.StartServer(settings: settings);
        using var platform = new Recorder(server.Address, World.PlatformKey, answers);
        var tenant = (string)(await platform.Send("POST", "tenants", new { name = "Test" }, "tenant-1"))!["id"]!;
        using var owner = new Recorder(server.Address, await NewKey(platform, tenant, "owner"), answers);
        await NewKey(owner, tenant, "viewer");

        await UseEverything(world, owner, tenant);
        await UseEveryWayToSignIn(world, owner);
        await MakeMistakes(world, owner);
        var link = (string)(await owner.Send("POST", $"tenants/{tenant}/sign-in-links", new { }, shows: true))!["url"]!;
        await owner.Send("GET", link, shows: true);
        foreach (var page in (string[])["/metrics", "/openapi/v1.json", "/docs", "/health/ready"])
        {
            await owner.Send("GET", page);
        }

        var dump = await Dump.Of(world.Database);
        Assert.Equal(0, await server.Stop());
        var spans = await File.ReadAllTextAsync(traces);
        File.Delete(traces);

        AssertThatAllWasHeard(server.Output, spans, dump, $"{answers}");
        (string Where, string Text)[] places = [("The log", server.Output), ("A trace", spans), ("The database", dump), ("An answer", $"{answers}")];
        string[] secrets = [Secret, NewSecret, WrongSecret, Totp, WrongTotp, .. integrations.SelectMany(Values), TokenHead, World.PlatformKey, link[^64..], DatabasePassword(world), CertificatePassword, .. keys.Select(key => key[^64..])];
        Assert.Multiple([.. places.SelectMany(_ => secrets, (place, secret) => (Action)(() => Leaks.AssertNone(place.Where, place.Text, secret)))]);
    }

    /// <summary>The search itself: each way in which a secret may be written is found.</summary>
    [Fact]
    public void A_secret_is_found_however_it_is_written()
    {
        var json = JsonSerializer.Serialize(new { user = "admin", password = Secret });
        string[] written =
        [
            Secret, json, Uri.EscapeDataString(Secret), System.Net.WebUtility.HtmlEncode(Secret),
            .. Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', shift) + json))),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(json)), Convert.ToHexString(Encoding.Unicode.GetBytes(json)),
        ];
        Assert.All(written, text => Assert.ThrowsAny<Exception>(() => Leaks.AssertNone("It", $"before {text} after", Secret)));
        Leaks.AssertNone("It", "before nothing after", Secret);
    }

    static async Task UseEverything(World world, Recorder owner, string tenant)
    {
        await owner.Send("POST", "connections/verify", world.Draft(password: Secret));
        var made = await owner.Send("POST", "connections", world.Draft(password: Secret), "create-1");
        var again = await owner.Send("POST", "connections", world.Draft(password: Secret), "create-1");
        Assert.Equal(made!.ToJsonString(), again!.ToJsonString());
        var connection = $"connections/{made["id"]}";
        await Verified(owner, connection);
        await Ran(owner, connection, "product", "succeeded");

        await owner.Send("PATCH", connection, new { secret = WrongSecret }, "patch-1");
        world.Store.Users["admin"].Password = NewSecret;
        world.Store.Users.RevokeTokens();
        await Ran(owner, connection, "order", "failed");
        await owner.Send("POST", $"{connection}/verify");
        await owner.Send("PATCH", connection, new { secret = NewSecret }, "patch-2");
        await Ran(owner, connection, "order", "succeeded");
        world.Store.Faults.Add(FaultKind.Unauthorized, times: null, path: "orders");
        await Ran(owner, connection, "order", "failed");
        world.Store.Faults.Add(FaultKind.WafPage, times: null);
        await Ran(owner, connection, "product", "failed");
        world.Store.Faults.Clear();

        await owner.Send("PUT", $"{connection}/schedules/product", new { frequency = "daily", active = true, startDate = "2017-02-27", timeOfDay = "08:05" });
        foreach (var path in (string[])["", "/schedules", "/schedules/product/slots", "/runs", "/records/product?limit=5", "/records/product/1", "/changes/order?limit=5"])
        {
            await owner.Send("GET", connection + path);
        }

        await owner.Send("GET", "connections");
        await owner.Send("GET", "systems");
        await owner.Send("GET", $"tenants/{tenant}/keys");
    }

    async Task UseEveryWayToSignIn(World world, Recorder owner)
    {
        var apiUrl = $"{world.Simulator.StoreAddress()}/rest/V1";
        world.Store.Users["admin"].TotpSecret = Totp;
        object second = new { system = "magento", name = "Second", apiUrl, accessToken = "admin", secret = NewSecret, auth = new { kind = "password", totpSecret = Totp } };
        await owner.Send("POST", "connections/verify", second);
        var connection = $"connections/{(await owner.Send("POST", "connections", second, "second-1"))!["id"]}";
        await Verified(owner, connection);
        await Ran(owner, connection, "order", "succeeded");
        await owner.Send("PATCH", connection, new { auth = new { kind = "password", totpSecret = WrongTotp } });

        integrations.AddRange([world.Store.Integrations.Add(), world.Store.Integrations.Add()]);
        await owner.Send("PATCH", connection, new { auth = Auth(integrations[0]) }, "second-2");
        await Ran(owner, connection, "product", "succeeded");
        integrations[0].Active = false;
        await Ran(owner, connection, "product", "failed");
        await owner.Send("PATCH", connection, new { auth = Auth(integrations[0]) });
        await owner.Send("POST", $"{connection}/verify");
        object alone = new { system = "magento", name = "Alone", apiUrl, auth = new { kind = "integration", accessToken = integrations[1].AccessToken } };
        await owner.Send("POST", "connections/verify", alone);
        world.Store.Settings.IntegrationTokensAsBearer = true;
        await owner.Send("POST", "connections/verify", alone);
        await owner.Send("POST", "connections", alone, "alone-1");
        await owner.Send("GET", "connections");
        world.Store.Users["admin"].TotpSecret = null;
    }

    static string DatabasePassword(World world) => new Npgsql.NpgsqlConnectionStringBuilder(world.Database.ConnectionString).Password!;

    static object Auth(IntegrationAccount of) =>
        new { kind = "integration", of.ConsumerKey, of.ConsumerSecret, of.AccessToken, of.AccessTokenSecret };

    /// <summary>A consumer key is sent in the open with each request; its end is shown to people. The key whole is nowhere.</summary>
    static string[] Values(IntegrationAccount of) => [of.ConsumerKey, of.ConsumerSecret, of.AccessToken, of.AccessTokenSecret];

    /// <summary>What people get wrong with a secret in their hands: no answer to it may repeat the secret.</summary>
    static async Task MakeMistakes(World world, Recorder owner)
    {
        var (host, core) = (world.Simulator.BaseAddress.Authority, Leaks.Core(Secret));
        await owner.Send("POST", "connections/verify", world.Draft(password: WrongSecret));
        await owner.Send("POST", "connections/verify", world.Draft(user: "nobody", password: WrongSecret));
        await owner.Send("POST", "connections", new { system = "magneto", name = "", apiUrl = $"http://admin:{core}@{host}/rest/V1", accessToken = "", secret = Secret });
        await owner.Send("POST", "connections", new { system = "magento", name = "x", apiUrl = "shop", accessToken = "admin", secret = $"{Secret}\n" });
        await owner.Send("POST", "connections", new { system = "magento", name = "x", apiUrl = "shop", accessToken = "admin", secret = string.Concat(Enumerable.Repeat(Secret, 100)) });
        foreach (var body in (string[])[$$"""{"secret":"{{core}}""", $$$"""{"secret":{"is":"{{{core}}}"}}""", $$"""["{{core}}"]""", $$$"""{"secret":{{{core}}}}"""])
        {
            await owner.Send("POST", "connections", body);
            await owner.Send("POST", "connections/verify", body, "bad-1");
        }
    }

    // A server that writes down everything, on a machine with much else to do, may not manage it within the limit at first.
    static Task Verified(Recorder owner, string connection) => Until.True(
        async () => (bool)(await owner.Send("POST", $"{connection}/verify"))!["ok"]!, TimeSpan.FromMinutes(2), "the connection to be verified");

    static async Task Ran(Recorder owner, string connection, string entity, string state)
    {
        var run = (string)(await owner.Send("POST", $"{connection}/runs", new { entity }))!["id"]!;
        JsonNode? seen = null;
        await Until.True(
            async () => (string)(seen = await owner.Send("GET", $"{connection}/runs/{run}"))!["state"]! is "succeeded" or "failed" or "cancelled",
            TimeSpan.FromMinutes(2), () => $"the run to end, seen as {seen?.ToJsonString()}");
        Assert.True((string)seen!["state"]! == state, seen.ToJsonString());
    }

    async Task<string> NewKey(Recorder caller, string tenant, string role)
    {
        var idempotencyKey = $"key-{role}";
        var made = await caller.Send("POST", $"tenants/{tenant}/keys", new { name = role, role }, idempotencyKey, shows: true);
        keys.Add((string)made!["key"]!);
        return keys[^1];
    }

    /// <summary>Silence proves nothing where nobody listened.</summary>
    static void AssertThatAllWasHeard(string log, string spans, string dump, string answers)
    {
        Assert.Contains("trce: Orleans", log);
        Assert.Contains("dbug: Npgsql", log);
        Assert.Contains("trce: Microsoft.AspNetCore", log);
        Assert.Contains("SELECT", log);
        Assert.Contains("integration/admin/token", spans);
        Assert.Contains("tfa/provider/google/authenticate", spans);
        Assert.Contains("xtnd.connection", spans);
        Assert.Contains("COPY xtnd.connection", dump);
        Assert.Contains("COPY xtnd.idempotency", dump);
        Assert.Contains("credentials_rejected", answers);
        Assert.Contains("invalid_json", answers);
    }

    static Dictionary<string, string> Loudest(string traces)
    {
        var settings = new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "XtndOrleans.KillSwitch.dll"),
            ["XTND_TEST_TRACES"] = traces,
            ["Xtnd__Sync__CredentialPatience"] = "00:00:02",
            ["Xtnd__Sync__Patience"] = "00:00:02",
        };
        foreach (var category in (string[])["Default", "Microsoft", "Microsoft.AspNetCore.DataProtection", "Microsoft.Hosting.Lifetime", "Npgsql", "Orleans", "Orleans.Runtime.Watchdog", "System.Net.Http"])
        {
            settings[$"Logging__LogLevel__{category}"] = "Trace";
        }

        return settings;
    }
}
