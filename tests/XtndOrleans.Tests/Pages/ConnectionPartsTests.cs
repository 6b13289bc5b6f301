using System.Globalization;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Pages.Language;
using XtndOrleans.Server.Records;
using XtndOrleans.Server.Syncs;

namespace XtndOrleans.Tests.Pages;

/// <summary>What a connection's page decides without asking anybody.</summary>
public sealed class ConnectionPartsTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2 running", null, "2 running")]
    [InlineData(null, "2 running", "2 running")]
    [InlineData("2 running", "2 succeeded", "2 succeeded")]
    [InlineData("2 succeeded", "2 running", "2 succeeded")]
    [InlineData("1 succeeded", "2 running", "2 running")]
    [InlineData("3 queued", "2 succeeded", "3 queued")]
    [InlineData(null, null, null)]
    public void The_run_that_is_shown_is_the_newest_that_was_read_or_heard_of(string? read, string? heard, string? shown) =>
        Assert.Equal(Run(shown), new EntityDrawn("product", Run(read), default, default, default).Shown(Run(heard)));

    [Fact]
    public void A_run_that_waits_to_begin_does_not_hide_when_the_last_one_did()
    {
        var (waits, ran) = (Run("3 queued")!, Run("2 succeeded")! with { StartedAt = Now });
        Assert.Equal(Now, (State(waits) with { Runs = [waits, ran] }).LastStart);
        Assert.Null((State(waits) with { Runs = [waits] }).LastStart);
    }

    [Fact]
    public void What_joins_another_run_is_lost_unless_that_reads_the_same()
    {
        var (full, changes) = (Run("1 running")!, Run("1 running")! with { Mode = "incremental" });
        Assert.False(RunDesk.IsLost(new("manual", "full"), new(full, false)));
        Assert.False(RunDesk.IsLost(new("manual", "full"), new(full, true)));
        Assert.False(RunDesk.IsLost(new("manual"), new(changes, true)));
        Assert.True(RunDesk.IsLost(new("manual", "full"), new(changes, true)));
        Assert.True(RunDesk.IsLost(new("manual", "full") { ConfirmDeletions = true }, new(full, true)));
        Assert.True(RunDesk.IsLost(new("manual", "incremental", Now), new(changes, true)));
    }

    [Fact]
    public void A_verify_after_which_something_cannot_be_read_does_not_say_that_all_works()
    {
        var report = new Verification(true, Now, 12, [], [new("product", true, 12, null, null), new("order", false, null, "Magento_Sales::actions_view", "Sales > Orders")], null);
        Assert.StartsWith("Some records cannot be read yet", VerifyTexts.Outcome(report));
        Assert.Equal("The connection works.", VerifyTexts.Outcome(report with { Entities = [report.Entities[0]] }));
        Assert.StartsWith("Not everything works.", VerifyTexts.Outcome(report with { Ok = false }));
        Assert.Contains("for the user's role: System > Permissions", VerifyTexts.Cure(report.Entities[1], isIntegration: false));
        Assert.Contains("for the integration: System > Extensions > Integrations", VerifyTexts.Cure(report.Entities[1], isIntegration: true));
    }

    [Theory]
    [InlineData("en", "two_factor_required", "Magento asks for it. Give it (auth.totpSecret). Nothing was changed.", "Magento asks for it. Give it (More > Sign in with). Nothing was changed.")]
    [InlineData("sv", "two_factor_required", "Magento asks for it. Give it (auth.totpSecret).", "Butiken kräver en andra faktor av den här användaren. Ange TOTP-hemligheten från användarens Google Authenticator (Mer > Logga in med), eller ")]
    [InlineData("sv", "not_a_magento_api", "There is none. Type https://shop.example/index.php/rest/V1 as the API URL. Nothing was changed.", "Där svarar något, men det är inte Magentos API. Skriv https://shop.example/index.php/rest/V1 som API-URL.")]
    [InlineData("sv", "redirected", "It redirects. Type the address to which the store redirects: https://www.shop.example. Nothing was changed.", "Butiken skickar vidare till en annan adress. Skriv den adressen i stället. Skriv adressen som butiken skickar vidare till: https://www.shop.example.")]
    [InlineData("sv", "forbidden", "Your role does not allow this.", "Din roll tillåter inte det här. Logga in med en nyckel som har en högre roll.")]
    [InlineData("sv", "no_such_code", "Something new.", "Something new.")]
    public void What_a_store_refuses_is_told_with_what_to_do_in_the_readers_language(string language, string code, string detail, string told) =>
        Assert.StartsWith(told, In(language, () => ProblemTexts.Of(new ProblemException(ProblemKind.Refused, code, detail))));

    [Fact]
    public void One_is_not_several()
    {
        Assert.Equal("1 satt åt sidan", In("sv", () => EntityTexts.Aside(1)));
        Assert.Equal("2 satta åt sidan", In("sv", () => EntityTexts.Aside(2)));
        Assert.Equal("and in 1 more store", OrderFinderTexts.LookedMore(4, 3));
        Assert.Equal("och i 2 butiker till", In("sv", () => OrderFinderTexts.LookedMore(5, 3)));
    }

    [Fact]
    public void A_time_to_go_back_to_is_on_the_wall_clock_of_the_connection()
    {
        var form = new ReadAgain("Europe/Stockholm", Now) { Date = "2026-11-20", Time = "08:05" };
        Assert.Equal(new RunRequest("manual", "incremental", new DateTimeOffset(2026, 11, 20, 7, 5, 0, TimeSpan.Zero)), form.Request);
    }

    [Theory]
    [InlineData("", "08:05", true, false)]
    [InlineData("2026-11-20", "", false, true)]
    [InlineData("2026-11-24", "13:01", true, false)]
    public void A_time_that_cannot_be_gone_back_to_is_told_beside_its_field(string date, string time, bool dateIsWrong, bool timeIsWrong)
    {
        var form = new ReadAgain("Europe/Stockholm", Now) { Date = date, Time = time };
        Assert.Equal((dateIsWrong, timeIsWrong, null), (form.DateProblem is not null, form.TimeProblem is not null, form.Since));
    }

    [Fact]
    public void Where_an_earlier_run_ended_can_be_gone_back_to_whatever_stands_in_the_fields()
    {
        var form = new ReadAgain("UTC", Now) { Date = "", Cursors = [new("a", "full", Now.AddHours(-3), Now), new("b", "incremental", Now.AddHours(-5), Now)], Run = "b" };
        Assert.Equal(Now.AddHours(-5), form.Since);
    }

    [Theory]
    [InlineData("en", "credentials_rejected", "Magento refused. Check it.", "Magento refused. Check it.")]
    [InlineData("sv", "credentials_rejected", "Magento refused. Check it.", "Butiken nekade inloggningen: fel användarnamn eller lösenord, eller så är användaren avstängd eller låst. Kontrollera ")]
    [InlineData("sv", null, "Moving to a new host", "Moving to a new host")]
    [InlineData("sv", "no_such_code", "Something new.", "Something new.")]
    public void Why_a_connection_fails_is_told_in_the_readers_language_and_a_note_as_it_was_written(string language, string? code, string reason, string told)
    {
        var connection = new ConnectionView("c", "magento", "Shop", "https://shop.example", "admin", true, "UTC", "failing", reason, null, null, Now, Now, [])
        {
            Version = 1,
            Auth = new("password", null),
            StatusCode = code,
        };
        Assert.StartsWith(told, In(language, () => ConnectionTexts.Reason(connection)));
    }

    static string? In(string language, Func<string?> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Cultures.All.Single(culture => culture.Name == language);
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    static EntityState State(RunView? last) => new(
        new("product", 0, null, new(Frequency.Daily, false, default, default, "UTC", null), last),
        new("product", Frequency.Daily, false, default, default, "UTC", null, []) { Version = 0, Sweep = "off" },
        new("product", 0, null, null, null, null, "unchecked", null), 0, [], []);

    static RunView? Run(string? text) => text?.Split(' ') is [var id, var state]
        ? new() { Id = id, ConnectionId = "c", Entity = "product", Mode = "full", Trigger = "manual", State = state }
        : null;
}
