using System.Globalization;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Server.Pages.Language;
using XtndOrleans.Server.Schedules;

namespace XtndOrleans.Tests.Pages;

/// <summary>The schedule dialog without its browser: what it says, what it saves, what it keeps.</summary>
public sealed class ScheduleFormTests : IDisposable
{
    const string Zone = "Europe/Stockholm";

    readonly CultureInfo before = CultureInfo.CurrentCulture;
    readonly CultureInfo beforeUi = CultureInfo.CurrentUICulture;

    public ScheduleFormTests() => Speak(Cultures.English);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);

    [Theory]
    [InlineData(Frequency.Daily, true, Zone, "Daily at 08:05", "Dagligen kl. 08:05")]
    [InlineData(Frequency.Weekly, true, Zone, "Weekly on Monday at 08:05", "Veckovis på måndagar kl. 08:05")]
    [InlineData(Frequency.Hourly, true, Zone, "Hourly at :05", "Varje timme vid :05")]
    [InlineData(Frequency.Daily, true, "Asia/Tokyo", "Daily at 08:05 (Asia/Tokyo)", "Dagligen kl. 08:05 (Asia/Tokyo)")]
    [InlineData(Frequency.Daily, false, Zone, "Inactive", "Inaktivt")]
    public void A_schedule_is_told_in_words(Frequency frequency, bool active, string zone, string english, string swedish)
    {
        var schedule = View() with { Frequency = frequency, Active = active, TimeZone = zone };
        Assert.Equal(english, ScheduleTexts.InWords(schedule, Zone));
        Speak(Cultures.Swedish);
        Assert.Equal(swedish, ScheduleTexts.InWords(schedule, Zone));
    }

    [Theory]
    [InlineData("2026-10-24T23:30Z", 1, "again: clocks go back", "igen: klockan ställs tillbaka")]
    [InlineData("2026-03-29T00:30Z", 0, "no run at 02:05: clocks go forward", "ingen körning 02:05: klockan ställs fram")]
    public void An_hour_that_comes_twice_or_never_is_told_of(string now, int place, string english, string swedish)
    {
        var runs = Form(View() with { Frequency = Frequency.Hourly }, DateTimeOffset.Parse(now)).Preview.Runs;
        Assert.Equal(english, ScheduleTexts.Note(runs[place]));
        Speak(Cultures.Swedish);
        Assert.Equal(swedish, ScheduleTexts.Note(runs[place]));
        Assert.All(runs.Where((_, at) => at != place), run => Assert.Null(ScheduleTexts.Note(run)));
    }

    [Fact]
    public void What_the_clocks_do_is_told_in_both_languages()
    {
        var form = Form(View() with { TimeOfDay = new(2, 30) }, new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal("moved 02:30 to 03:00, clocks change", ScheduleTexts.Note(form.Preview.Runs[0]));
        Assert.Null(ScheduleTexts.Note(form.Preview.Runs[1]));
        var autumn = Form(View() with { TimeOfDay = new(2, 30) }, new(2026, 10, 24, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal("02:30 comes twice, clocks change; runs at the first", ScheduleTexts.Note(autumn.Preview.Runs[0]));
        Speak(Cultures.Swedish);
        Assert.Equal("flyttad från 02:30 till 03:00, klockan ställs om", ScheduleTexts.Note(form.Preview.Runs[0]));
        Assert.Equal("02:30 inträffar två gånger, klockan ställs om; körs den första", ScheduleTexts.Note(autumn.Preview.Runs[0]));
    }

    [Fact]
    public void What_is_typed_is_what_is_saved_and_the_next_runs_follow_it()
    {
        var form = Form();
        form.Type("frequency", "Weekly");
        form.Type("active", "true");
        form.Type("startDate", "2026-11-25");
        form.Type("timeOfDay", "20:15");
        form.Type("timeZone", "Asia/Tokyo");
        form.Type("sweep", "off");
        Assert.Equal(new ScheduleDraft("weekly", true, "2026-11-25", "20:15", "Asia/Tokyo") { IfVersion = 3, Sweep = "off" }, form.Draft);
        Assert.Equal(new DateTime(2026, 11, 25, 20, 15, 0), form.Preview.Runs[0].Local);
        Assert.Equal(new DateTime(2026, 12, 2, 20, 15, 0), form.Preview.Runs[1].Local);
    }

    [Fact]
    public void A_schedule_in_the_connections_zone_goes_on_following_it()
    {
        var form = Form();
        Assert.Null(form.Draft.TimeZone);
        form.Type("timeZone", "Asia/Tokyo");
        form.Type("timeZone", Zone);
        Assert.Null(form.Draft.TimeZone);
    }

    [Fact]
    public void What_is_wrong_stands_beside_the_field_once_it_was_left_and_goes_when_it_is_mended()
    {
        var form = Form();
        form.Type("timeZone", "Mars");
        Assert.Null(form.Problem("timeZone"));
        form.Leave("timeZone");
        Assert.Contains("is not a time zone", form.Problem("timeZone"));
        Assert.False(form.IsRight());
        Assert.Empty(form.Preview.Runs);
        form.Type("timeZone", "UTC");
        Assert.Null(form.Problem("timeZone"));
        Assert.True(form.IsRight());
    }

    [Fact]
    public void What_somebody_else_saved_meanwhile_takes_nothing_of_what_was_typed()
    {
        var form = Form();
        form.Type("timeOfDay", "20:15");
        form.Renew(View() with { TimeOfDay = new(9, 0), Version = 4 });
        Assert.Equal(("20:15", 4), (form.Draft.TimeOfDay, form.Draft.IfVersion));
        form.Take(form.Present);
        Assert.Equal(("09:00", 4, false), (form.Draft.TimeOfDay, form.Draft.IfVersion, form.IsNewer));
    }

    static ScheduleForm Form(ScheduleView? view = null, DateTimeOffset? now = null) => new(view ?? View(), Zone, new StoppedClock(now ?? new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero)));

    static ScheduleView View() => new("product", Frequency.Daily, true, new(2017, 2, 27), new(8, 5), Zone, null, []) { Version = 3, Sweep = "nightly" };

    static void Speak(CultureInfo culture) => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);

    sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
