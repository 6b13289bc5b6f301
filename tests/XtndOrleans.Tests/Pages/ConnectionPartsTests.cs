using System.Globalization;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Pages.Language;

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
        Assert.Equal(Run(shown), State(Run(read)).Shown(Run(heard)));

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
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Cultures.All.Single(culture => culture.Name == language);
        try
        {
            Assert.StartsWith(told, ConnectionTexts.Reason(connection));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    static EntityState State(RunView? last) => new(
        new("product", 0, null, new(Frequency.Daily, false, default, default, "UTC", null), last),
        new("product", Frequency.Daily, false, default, default, "UTC", null, []) { Version = 0, Sweep = "off" },
        new("product", 0, null, null, null, null, "unchecked", null), 0, []);

    static RunView? Run(string? text) => text?.Split(' ') is [var id, var state]
        ? new() { Id = id, ConnectionId = "c", Entity = "product", Mode = "full", Trigger = "manual", State = state }
        : null;
}
