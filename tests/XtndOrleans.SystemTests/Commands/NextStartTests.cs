using XtndOrleans.Simulator;
using XtndOrleans.SystemTests.Support;

namespace XtndOrleans.SystemTests.Commands;

/// <summary>Starts after the first, and starts that are cut off.</summary>
[Collection(nameof(RunningStart))]
public sealed class NextStartTests
{
    const string Serves = "Ctrl-C stops everything.";

    [Fact]
    public async Task Whatever_ended_the_last_one_the_next_finds_its_data_and_reads_what_changed()
    {
        using var home = new Home();
        await using (var first = home.Run(isTerminal: true))
        {
            await first.Shows(Serves);
            await first.Press('\x03');
            Assert.Equal(0, await first.Ends());
            Assert.Matches(@"\rproduct     \[#{24}\] 2,000 of 2,000", first.Output);
            home.AssertNothingRuns();
        }

        var (key, connection) = (home.Read("api-key"), home.Read("connection"));
        await using (var killed = home.Run())
        {
            await killed.Shows(Serves);
            Assert.Matches(@"product\s+2,000   next run", killed.Output);
            await Terminal.Signal("KILL", home.RunId);
            await home.UntilNothingRuns();
        }

        await using (var orphan = home.Run())
        {
            await orphan.Shows(Serves);
            await Terminal.Signal("KILL", home.ProcessId("XtndOrleans.Server.dll"));
            Assert.Equal(1, await orphan.Ends());
            Assert.Contains("The server has ended by itself.", orphan.Output);
            home.AssertNothingRuns();
        }

        home.Write("api-key", "xtnd_no_longer_a_key");
        await using (var last = home.Run())
        {
            await last.Shows(Serves);
            Assert.Contains("no longer works; a new one takes its place", last.Output);
            Assert.Matches(@"product\s+2,000   next run", last.Output);
            Assert.Equal(connection, home.Read("connection"));
            Assert.NotEqual(key, home.Read("api-key"));
            using var api = new Api(new(home.Url), home.Read("api-key"));
            var runs = (await api.Get($"connections/{connection}/runs?entity=product"))["items"]!.AsArray();
            // Its schedules are active: a night's sweep may have come between.
            Assert.Equal(["incremental", "incremental", "incremental", "full"], runs.Where(run => (string)run!["trigger"]! == "manual").Select(run => (string)run!["mode"]!));
            await Terminal.Signal("TERM", home.RunId);
            Assert.Equal(0, await last.Ends());
            home.AssertNothingRuns();
        }
    }

    [Fact]
    public async Task A_store_that_is_away_at_the_next_start_keeps_nobody_from_what_is_held_of_it()
    {
        using var home = new Home();
        await using var store = await SimulatorHost.Start(new() { Products = 20, Orders = 5 });
        var options = $"--api-url {store.StoreAddress()} --access-token admin";
        (string, string)[] settings = [("XTND_SECRET", "Admin123demo"), ("Xtnd__Egress__AllowPrivateAddresses", "true")];
        await using (var first = home.Run(options, settings: settings))
        {
            await first.Shows(Serves);
            await Terminal.Signal("INT", home.RunId);
            Assert.Equal(0, await first.Ends());
        }

        await store.DisposeAsync();
        await using var next = home.Run(options, settings: settings[1..]);
        await next.Shows(Serves);
        Assert.Contains("NO  reach", next.Output);
        Assert.Matches(@"product\s+20   next run", next.Output);
        await Terminal.Signal("INT", home.RunId);
        Assert.Equal(0, await next.Ends());
        home.AssertNothingRuns();
    }

    [Theory]
    [InlineData("Starting the server")]
    [InlineData("Verifying")]
    public async Task Interrupted_in_the_middle_of_the_start_it_leaves_no_process(string moment)
    {
        using var home = new Home();
        await using var started = home.Run(isTerminal: true);
        await started.Shows(moment);
        await started.Press('\x03');
        Assert.Equal(0, await started.Ends());
        home.AssertNothingRuns();
    }

    [Fact]
    public async Task Help_tells_the_options_and_starts_nothing()
    {
        using var home = new Home();
        await using var help = home.Run("--help");
        Assert.Equal(0, await help.Ends());
        Assert.All(["--api-url URL", "--access-token USER", "--port PORT", "XTND_SECRET", "XTND_HOME"], option => Assert.Contains(option, help.Output));
        Assert.False(Directory.Exists(home.Folder));
    }

    [Theory]
    [InlineData("--no-such-option 1", "--no-such-option is not an option")]
    [InlineData("--port", "needs a number. See: ./run.sh --help")]
    [InlineData("--port 70000", "--port is '70000'. Allowed: 1 to 65535.")]
    [InlineData("--api-url https://shop.example.com", "A store needs both")]
    [InlineData("--api-url shop.example.com --access-token x", "Give the whole address")]
    [InlineData("--api-url https://shop.example.com --access-token x", "Give it in XTND_SECRET.")]
    public async Task A_wrong_option_is_answered_in_words(string options, string words)
    {
        using var home = new Home();
        await using var refused = home.Run(options);
        Assert.Equal(1, await refused.Ends());
        Assert.Contains(words, refused.Output);
    }
}
