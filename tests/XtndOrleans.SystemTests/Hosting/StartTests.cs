using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using XtndOrleans.SystemTests.Support;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.SystemTests.Hosting;

/// <summary>A start that cannot succeed ends at once, with words for the operator instead of a stack trace.</summary>
public sealed class StartTests
{
    const string Password = "Qz8LmP3vXt";

    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Outside_development_a_master_key_is_required()
    {
        var settings = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production", ["ConnectionStrings__Xtnd"] = "Host=127.0.0.1" };
        await Refuses(settings, "Xtnd:Secrets:MasterKey", "openssl rand -base64 32");
    }

    [Theory]
    [InlineData("Xtnd__Secrets__MasterKey", "c2hvcnQ=", "Xtnd:Secrets:MasterKey", "32 bytes in base64")]
    [InlineData("Xtnd__Secrets__OldMasterKeys__0", "not base64", "Xtnd:Secrets:OldMasterKeys", "32 bytes in base64")]
    [InlineData("Xtnd__Role", "banana", "Xtnd:Role", "banana", "all, silo, frontend")]
    [InlineData("Xtnd__Cluster__SiloPort", "99999", "Xtnd:Cluster:SiloPort", "99999", "1 to 65535")]
    [InlineData("Xtnd__Cluster__GatewayPort", "many", "Xtnd:Cluster:GatewayPort", "many", "1 to 65535")]
    [InlineData("Xtnd__Cluster__Address", "my host", "Xtnd:Cluster:Address", "my host", "IP address")]
    [InlineData("Xtnd__PlatformKey", "short", "Xtnd:PlatformKey", "at least 12")]
    [InlineData("Xtnd__RateLimit__Burst", "0", "Xtnd:RateLimit:Burst", "1 to 100000")]
    [InlineData("Xtnd__Egress__AllowPrivateAddresses", "perhaps", "Xtnd:Egress:AllowPrivateAddresses is 'perhaps'. Allowed: true or false.")]
    [InlineData("Xtnd__Sync__PageSize", "5000", "Xtnd:Sync:PageSize is '5000'. Allowed: 0 to 1000.")]
    [InlineData("Xtnd__Sync__PageSize", "lots", "Xtnd:Sync:PageSize is 'lots'. Allowed: a whole number.")]
    [InlineData("Xtnd__Sync__Patience", "soon", "Xtnd:Sync:Patience is 'soon'. Allowed: a time as hh:mm:ss")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:port", "ASPNETCORE_URLS", "http://localhost:port")]
    [InlineData("ConnectionStrings__Xtnd", $"Hots=127.0.0.1;Password={Password}", "ConnectionStrings:Xtnd", "Host=")]
    public async Task A_bad_value_is_named_with_what_is_allowed(string name, string value, params string[] words)
    {
        await using var database = await TestDatabase.Create();
        await Refuses(new() { ["ConnectionStrings__Xtnd"] = database.ConnectionString, [name] = value }, words);
    }

    [Fact]
    public Task A_frontend_needs_the_database_of_its_silos() =>
        Refuses(new() { ["Xtnd__Role"] = "frontend", ["ConnectionStrings__Xtnd"] = "" }, "ConnectionStrings:Xtnd", "frontend");

    [Fact]
    public Task A_database_that_does_not_answer_is_told() => Refuses(
        new() { ["ConnectionStrings__Xtnd"] = $"Host=127.0.0.1;Port={FreePort.Next()};Username=x;Password={Password}" }, "ConnectionStrings:Xtnd", "does not answer");

    [Theory]
    [InlineData("all")]
    [InlineData("frontend")]
    public async Task A_wrong_password_of_the_database_is_told_and_not_repeated(string role)
    {
        await using var database = await TestDatabase.Create();
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = Password };
        await Refuses(new() { ["ConnectionStrings__Xtnd"] = settings.ConnectionString, ["Xtnd__Role"] = role }, "ConnectionStrings:Xtnd", "password");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told()
    {
        await using var database = await TestDatabase.Create();
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "nowhere" };
        await Refuses(new() { ["ConnectionStrings__Xtnd"] = settings.ConnectionString }, "ConnectionStrings:Xtnd", "nowhere");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)holder.LocalEndpoint).Port}";
        await using var database = await TestDatabase.Create();
        await Refuses(new() { ["ConnectionStrings__Xtnd"] = database.ConnectionString, ["ASPNETCORE_URLS"] = address }, address, "ASPNETCORE_URLS");
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task A_port_between_processes_that_is_taken_is_told(string name)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = $"{((IPEndPoint)holder.LocalEndpoint).Port}";
        await using var database = await TestDatabase.Create();
        await Refuses(new() { ["ConnectionStrings__Xtnd"] = database.ConnectionString, [$"Xtnd__Cluster__{name}"] = port }, $"Xtnd:Cluster:{name} is '{port}'");
    }

    [Fact]
    public async Task Migrate_alone_brings_an_empty_database_up_and_two_at_once_do_no_harm()
    {
        await using var database = await TestDatabase.Create(migrated: false);
        // No master key: who migrates needs none.
        var settings = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production", ["ConnectionStrings__Xtnd"] = database.ConnectionString };
        var both = await Task.WhenAll(Ended(settings, "--migrate"), Ended(settings, "--migrate"));

        Assert.All(both, ended => Assert.True(ended.Code == 0, ended.Output));
        Assert.True(await database.Scalar("SELECT count(*) FROM xtnd_migration.applied") is > 2L);
        Assert.Equal(0L, await database.Scalar("SELECT count(*) FROM xtnd.tenant"));
        var applied = await database.Scalar("SELECT max(applied_at) FROM xtnd_migration.applied");
        Assert.Equal(0, (await Ended(settings, "--migrate")).Code);
        Assert.Equal(applied, await database.Scalar("SELECT max(applied_at) FROM xtnd_migration.applied"));
    }

    [Fact]
    public async Task The_key_ring_is_sealed_by_the_master_key_and_opens_with_the_old_one_after_it_was_replaced()
    {
        var (first, second) = (NewMasterKey(), NewMasterKey());
        await using var world = await World.Create(new() { Products = 20, Orders = 5 });
        // Development needs none; what it left open is sealed by the first start with one.
        var development = await world.StartServer();
        using var api = await World.NewTenant(development);
        var connection = await world.Connect(api);
        Assert.Equal(0, await development.Stop());
        var server = await world.StartServer(settings: Production(first));
        using (var same = api.At(server))
        {
            await World.Verify(same, connection);
        }

        Assert.Equal(0, await server.Stop());
        var ring = (string)(await world.Database.Scalar("SELECT string_agg(xml, '') FROM xtnd.data_protection_key"))!;
        Assert.Contains("<encryptedSecret", ring);
        Assert.DoesNotContain("requiresEncryption", ring);
        Assert.DoesNotContain("<value>", ring);

        var refused = Production(second);
        refused["ConnectionStrings__Xtnd"] = world.Database.ConnectionString;
        await Refuses(refused, "Xtnd:Secrets:MasterKey", "Xtnd:Secrets:OldMasterKeys");

        var both = Production(second);
        both["Xtnd__Secrets__OldMasterKeys__0"] = first;
        var again = await world.StartServer(settings: both);
        using var other = api.At(again);
        await World.Verify(other, connection);
    }

    static Dictionary<string, string> Production(string masterKey) =>
        new() { ["DOTNET_ENVIRONMENT"] = "Production", ["Xtnd__Secrets__MasterKey"] = masterKey };

    static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    static async Task Refuses(Dictionary<string, string> settings, params string[] words)
    {
        var (code, output) = await Ended(settings);
        Assert.True(code == 1, $"It ended with {code}:\n{output}");
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", output);
        Assert.DoesNotContain("Unhandled", output);
        Assert.DoesNotContain(Password, output);
    }

    static async Task<(int Code, string Output)> Ended(Dictionary<string, string> settings, params string[] arguments)
    {
        var all = new Dictionary<string, string>
        {
            ["Xtnd__Cluster__Address"] = "127.0.0.1",
            ["Xtnd__Cluster__SiloPort"] = "0",
            ["Xtnd__Cluster__GatewayPort"] = "0",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        await using var server = await ServerProcess.Start(all, waitUntilReady: false, arguments);
        await server.WaitForExit(Limit);
        return (server.ExitCode, server.Output);
    }
}
