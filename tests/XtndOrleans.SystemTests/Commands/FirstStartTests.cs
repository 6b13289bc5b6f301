using System.Net;
using System.Net.Sockets;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Commands;

/// <summary>./run.sh for the first time, without a terminal, and what a person does next.</summary>
[Collection(nameof(RunningStart))]
public sealed class FirstStartTests(RunningStart start)
{
    static readonly Dictionary<string, string> None = [];

    [Fact]
    public void It_verifies_reads_and_says_what_it_holds_and_where_things_are()
    {
        var output = start.Terminal.Output;
        Assert.Contains("ok  token", output);
        Assert.Matches(@"product\s+2,000   next run 20", output);
        Assert.Matches(@"order\s+500   next run 20", output);
        foreach (var entity in new[] { "invoice", "shipment", "accounting", "customer", "stock" })
        {
            Assert.Matches($@"{entity}\s+[1-9][0-9,]*   next run 20", output);
        }

        Assert.Contains($"page            {start.Home.Url}/", output);
        Assert.Contains($"API reference   {start.Home.Url}/docs", output);
        Assert.Contains(start.Home.Read("api-key"), output);
    }

    [Fact]
    public void Without_a_terminal_progress_is_lines()
    {
        Assert.DoesNotContain("\r", start.Terminal.Output);
        Assert.DoesNotContain("[#", start.Terminal.Output);
        Assert.Matches(@"\nproduct     succeeded: 2,000 read, 2,000 new, 0 changed, 0 as before\n", start.Terminal.Output);
    }

    [Fact]
    public async Task Its_key_opens_the_API_and_the_schedules_are_active()
    {
        using var api = new Api(new(start.Home.Url), start.Home.Read("api-key"));
        var connection = await api.Get($"connections/{start.Home.Read("connection")}");
        Assert.Equal("verified", (string)connection["status"]!);
        Assert.All(connection["entities"]!.AsArray(), entity => Assert.True((bool)entity!["schedule"]!["active"]!));
    }

    [Fact]
    public async Task The_places_that_it_names_answer()
    {
        using var client = new HttpClient { BaseAddress = new(start.Home.Url) };
        foreach (var path in new[] { "/docs/", "/openapi/v1.json", "/metrics", "/health/ready" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_database_command_that_it_prints_works_as_it_is()
    {
        var psql = start.Terminal.Output.Split("database        ")[1].Split('\n')[0];
        await using var typed = Terminal.Type($"bash -c \"{psql.Replace("$", "\\$")} -tAc 'SELECT count(*) FROM xtnd.product'\"", None);
        Assert.Equal(0, await typed.Ends());
        Assert.Equal("2000\n", typed.Output);
    }

    [Fact]
    public async Task The_REST_lines_of_the_README_work_as_typed()
    {
        // Meant for the default port and folder. A refused call fails.
        var lines = Repository.ShellLines("REST").Select(line => Here(line).Replace("curl -sS", "curl -sS --fail-with-body")).ToList();
        await using var typed = Typed(lines);
        Assert.True(await typed.Ends() == 0, typed.Output);
        Assert.Contains("\"nextRuns\"", typed.Output);
        Assert.Contains("\"lines\"", typed.Output);
        Assert.DoesNotContain("curl:", typed.Output);
    }

    [Fact]
    public async Task The_SQL_lines_of_the_README_work_as_typed()
    {
        await using var typed = Typed([.. Repository.ShellLines("SQL").Select(Here)]);
        Assert.True(await typed.Ends() == 0, typed.Output);
        Assert.Equal(3, typed.Output.Split("(5 rows)").Length - 1);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_is_told_that_it_runs_already()
    {
        await using var second = start.Home.Run();
        Assert.Equal(1, await second.Ends());
        Assert.Contains($"running already, as process {start.Home.RunId}", second.Output);
    }

    [Fact]
    public async Task A_wrong_password_is_explained_and_nothing_is_left()
    {
        using var home = new Home();
        var store = $"http://127.0.0.1:{start.Home.Read("simulator-port")}/store/1";
        await using var wrong = home.Run(
            $"--api-url {store} --access-token admin", settings: [("XTND_SECRET", "Wrong1password"), ("Xtnd__Egress__AllowPrivateAddresses", "true")]);
        Assert.Equal(1, await wrong.Ends());
        Assert.Matches(@"NO  token .*\n\s+What to do: \w+", wrong.Output);
        Assert.DoesNotContain("Wrong1password", wrong.Output);
        Assert.False(home.Has("api-key") || home.Has("connection") || home.Has("stores"));
        home.AssertNothingRuns();
    }

    [Fact]
    public async Task A_real_store_is_read_with_the_password_typed_on_the_terminal()
    {
        using var home = new Home();
        var store = $"http://127.0.0.1:{start.Home.Read("simulator-port")}/store/1/rest/V1/";
        await using var typed = home.Run($"--api-url {store} --access-token admin", isTerminal: true, ("Xtnd__Egress__AllowPrivateAddresses", "true"));
        await typed.Shows("Password of admin");
        foreach (var key in "Admin123demo\r")
        {
            await typed.Press(key);
        }

        await typed.Shows("Ctrl-C stops everything.");
        await typed.Press('\x03');
        Assert.Equal(0, await typed.Ends());
        Assert.DoesNotContain("Admin123demo", typed.Output);
        Assert.Matches(@"\rproduct     \[#{24}\] 2,000 of 2,000", typed.Output);
        home.AssertNothingRuns();
    }

    [Fact]
    public async Task A_used_port_is_named()
    {
        using var home = new Home();
        using var other = new TcpListener(IPAddress.Loopback, home.Port);
        other.Start();
        await using var refused = home.Run();
        Assert.Equal(1, await refused.Ends());
        Assert.Contains($"Port {home.Port} is used by another program.", refused.Output);
        home.AssertNothingRuns();
    }

    string Here(string line) => line.Replace("http://localhost:5080", start.Home.Url).Replace(".xtnd/", start.Home.Folder.Replace(" ", "\\ ") + "/");

    static Terminal Typed(List<string> lines)
    {
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, lines.Prepend("set -e"));
        return Terminal.Type($"bash {file}", None);
    }
}
