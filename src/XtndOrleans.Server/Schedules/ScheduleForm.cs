using System.Globalization;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Schedules;

namespace XtndOrleans.Server.Schedules;

/// <summary>A schedule that somebody is changing: what was typed, what is wrong with it, and when it would run.</summary>
public sealed class ScheduleForm
{
    readonly HashSet<string> left = new(StringComparer.Ordinal);
    readonly string zone;
    readonly TimeProvider clock;
    IReadOnlyDictionary<string, string[]> refused = new Dictionary<string, string[]>();

    /// <summary>Begins with a schedule as it is.</summary>
    /// <param name="present">The schedule.</param>
    /// <param name="zone">IANA name: the connection's. A schedule in it goes on following it.</param>
    /// <param name="clock">The present time.</param>
    public ScheduleForm(ScheduleView present, string zone, TimeProvider clock)
    {
        (this.zone, this.clock) = (zone, clock);
        Take(present);
    }

    /// <summary>What is saved now; what was typed is a change of it.</summary>
    public ScheduleView Present { get; private set; } = null!;

    /// <summary>hourly, daily or weekly.</summary>
    public Frequency Frequency { get; private set; }

    /// <summary>Whether it runs at all.</summary>
    public bool Active { get; private set; }

    /// <summary>The first day, 2017-02-27.</summary>
    public string StartDate { get; private set; } = "";

    /// <summary>The time of day, 08:05.</summary>
    public string TimeOfDay { get; private set; } = "";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary>nightly, weekly or off.</summary>
    public string Sweep { get; private set; } = "";

    /// <summary>What it would do.</summary>
    public SchedulePreview Preview { get; private set; } = null!;

    /// <summary>Whether somebody else saved another version since.</summary>
    public bool IsNewer { get; private set; }

    /// <summary>What is typed, to be saved.</summary>
    public ScheduleDraft Draft => new(Frequency.ToString().ToLowerInvariant(), Active, StartDate, TimeOfDay, TimeZone == zone ? null : TimeZone)
    {
        IfVersion = Present.Version,
        Sweep = Sweep,
    };

    /// <summary>Takes what was typed into a field, by its JSON name.</summary>
    public void Type(string field, string text)
    {
        (Frequency, Active, StartDate, TimeOfDay, TimeZone, Sweep) = field switch
        {
            "frequency" => (Enum.Parse<Frequency>(text), Active, StartDate, TimeOfDay, TimeZone, Sweep),
            "active" => (Frequency, bool.Parse(text), StartDate, TimeOfDay, TimeZone, Sweep),
            "startDate" => (Frequency, Active, text, TimeOfDay, TimeZone, Sweep),
            "timeOfDay" => (Frequency, Active, StartDate, text, TimeZone, Sweep),
            "timeZone" => (Frequency, Active, StartDate, TimeOfDay, text.Trim(), Sweep),
            _ => (Frequency, Active, StartDate, TimeOfDay, TimeZone, text),
        };
        Check();
    }

    /// <summary>From now on what is wrong with the field is shown.</summary>
    public void Leave(params IEnumerable<string> fields) => left.UnionWith(fields);

    /// <summary>What is wrong with a field, in the reader's language; null while nothing is known to be.</summary>
    public string? Problem(string field) =>
        left.Contains(field) && (Preview.Errors.GetValueOrDefault(field) ?? refused.GetValueOrDefault(field)) is { Length: > 0 } wrong ? ScheduleTexts.Problem(field, wrong[0]) : null;

    /// <summary>Whether it may be saved; from now on all that is wrong is shown.</summary>
    public bool IsRight()
    {
        Leave(Preview.Errors.Keys);
        return Preview.Errors.Count == 0;
    }

    /// <summary>Shows what the service finds wrong.</summary>
    public void Refuse(ProblemException problem)
    {
        refused = problem.Errors;
        Leave(problem.Errors.Keys);
    }

    /// <summary>Somebody else has saved this; what was typed stays, and replaces it when it is saved.</summary>
    public void Renew(ScheduleView newer) => (Present, IsNewer) = (newer, true);

    /// <summary>Takes a schedule as it is, in place of what was typed.</summary>
    public void Take(ScheduleView present)
    {
        (Present, IsNewer) = (present, false);
        (Frequency, Active, TimeZone, Sweep) = (present.Frequency, present.Active, present.TimeZone, present.Sweep);
        StartDate = present.StartDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        TimeOfDay = present.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
        Check();
    }

    void Check()
    {
        refused = new Dictionary<string, string[]>();
        // An empty zone is the connection's to the service; here it is a field that was emptied.
        var draft = Draft;
        Preview = SchedulePreview.Of(draft with { TimeZone = TimeZone.Length == 0 ? zone : draft.TimeZone }, zone, clock.GetUtcNow());
    }
}
