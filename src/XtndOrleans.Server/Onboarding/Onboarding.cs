using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Server.Tenants;

namespace XtndOrleans.Server.Onboarding;

/// <summary>The way from nothing to a store that is read on schedule. Each step finds what an earlier start has made.</summary>
internal sealed class Onboarding(ApiClient api, HomeFolder home, OnboardArguments arguments, Screen screen, TimeProvider clock)
{
    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    readonly SignIn signIn = new(api, home, arguments.PlatformKey, screen, clock);

    /// <summary>False when the store could not be connected; what is wrong was said.</summary>
    public async Task<bool> Run()
    {
        await AwaitServer();
        await signIn.Enter();
        if (await Connect() is not var (connection, readable))
        {
            return false;
        }

        home.Write(HomeFolder.Connection, connection.Id);
        home.AddStore(arguments.AccessToken, arguments.ApiUrl);
        var runs = new RunFollower(api, screen, clock);
        foreach (var entity in readable)
        {
            await runs.Follow(connection.Id, entity);
        }

        screen.Holds(await api.Get<ConnectionView>($"connections/{connection.Id}"));
        Places(await signIn.Link());
        return true;
    }

    async Task AwaitServer()
    {
        screen.Say($"Starting the server at {arguments.Url}");
        var began = clock.GetTimestamp();
        while (!await api.IsReady())
        {
            if (clock.GetElapsedTime(began) > StartLimit)
            {
                throw new OnboardException($"The server at {arguments.Url} is not ready after {StartLimit.TotalMinutes:0} minutes.");
            }

            await Task.Delay(BetweenLooks, clock);
        }
    }

    /// <summary>The verified connection and what can be read of it; null when there is none to be had.</summary>
    async Task<(ConnectionView Connection, IReadOnlyList<string> Readable)?> Connect()
    {
        screen.Say($"Verifying {arguments.ApiUrl} as {arguments.AccessToken}");
        if (await Find() is { } known)
        {
            return await Again(known);
        }

        if (arguments.Secret is "")
        {
            throw new OnboardException($"The password of {arguments.AccessToken} is missing. Give it in XTND_SECRET.");
        }

        // Tried before it is saved: what is refused leaves nothing behind.
        if (await Readable("connections/verify", Draft()) is null)
        {
            await signIn.Undo();
            return null;
        }

        var connection = await api.Post<ConnectionView>("connections", Draft());
        if (await Readable($"connections/{connection.Id}/verify", null, silent: true) is not { } readable)
        {
            await api.Delete($"connections/{connection.Id}");
            await signIn.Undo();
            return null;
        }

        await Activate(connection, readable);
        return (connection, readable);
    }

    object Draft() => new { System = "magento", arguments.Name, arguments.ApiUrl, arguments.AccessToken, arguments.Secret };

    async Task<ConnectionView?> Find()
    {
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await api.Get<ListPage<ConnectionView>>($"connections?limit=1000{(cursor is "" ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            if (page.Items.FirstOrDefault(c => c.ApiUrl == arguments.ApiUrl && c.AccessToken == arguments.AccessToken) is { } found)
            {
                return found;
            }

            cursor = page.Next;
        }

        return null;
    }

    async Task<(ConnectionView Connection, IReadOnlyList<string> Readable)?> Again(ConnectionView known)
    {
        if (arguments.Secret is not "")
        {
            // Proved against the store before it replaces the one that works.
            await api.Patch<ConnectionView>($"connections/{known.Id}", new { arguments.Secret });
        }

        if (await Readable($"connections/{known.Id}/verify", null) is not { } readable)
        {
            screen.Say("  What is held of it is served all the same. Another password: start again with it in XTND_SECRET.");
            return (known, []);
        }

        // A first start that was cut off between making the connection and its schedules: nobody else has touched them yet.
        var connection = await api.Get<ConnectionView>($"connections/{known.Id}");
        if (connection.Entities.All(entity => entity is { LastRun: null, Schedule.Active: false }))
        {
            await Activate(connection, readable);
        }

        return (connection, readable);
    }

    /// <summary>The entities that the account may read; null when it cannot be used at all.</summary>
    async Task<IReadOnlyList<string>?> Readable(string path, object? body, bool silent = false)
    {
        var report = await api.Post<Verification>(path, body);
        if (!report.Ok && report.Steps.Any(step => step.Code == FailureCodes.Timeout))
        {
            // A server that has just started takes part of the time for itself, as may a store that nobody has asked for long: neither does the second time.
            report = await api.Post<Verification>(path, body);
        }

        if (!silent || !report.Ok)
        {
            screen.Show(report);
        }

        return report.Ok ? [.. report.Entities.Where(entity => entity.Ok).Select(entity => entity.Entity)] : null;
    }

    /// <summary>Sets the schedules of what can be read active; the others would only fail every day.</summary>
    async Task Activate(ConnectionView connection, IReadOnlyList<string> readable)
    {
        var saved = await api.Get<ConnectionView>($"connections/{connection.Id}");
        foreach (var entity in saved.Entities.Where(entity => readable.Contains(entity.Entity)))
        {
            var usual = entity.Schedule;
            await api.Put<ScheduleView>(
                $"connections/{connection.Id}/schedules/{entity.Entity}",
                new { usual.Frequency, Active = true, usual.StartDate, usual.TimeOfDay, usual.TimeZone });
        }
    }

    void Places(SignInLinkView? link)
    {
        screen.Say("");
        screen.Say($"  page            {arguments.Url}");
        if (link is not null)
        {
            screen.Say($"                  a link that signs in once, within half an hour: {link.Url}");
        }

        screen.Say($"  API reference   {new Uri(arguments.Url, "docs")}");
        screen.Say($"  API key         {home.Read(HomeFolder.ApiKey)}");
        screen.Say($"                  kept in {home.Path(HomeFolder.ApiKey)}");
        screen.Say($"  database        {Database()}");
        screen.Say("");
        screen.Say("Serving. Ctrl-C stops everything.");
    }

    string Database() => home.Read("pg/port") is { } port
        ? $"PGPASSWORD=$(cat {Quoted(home.Path("pg/password"))}) psql -h 127.0.0.1 -p {port} -U xtnd xtnd"
        : "the one of ConnectionStrings:Xtnd";

    /// <summary>A path that a shell takes for one word.</summary>
    static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c)) ? path : $"'{path.Replace("'", "'\\''")}'";
}
