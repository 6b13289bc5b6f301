using System.Globalization;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine.Schedules;

/// <summary>Checks what a person typed in the schedule dialog. Pure.</summary>
internal static class ScheduleDraftRules
{
    /// <summary>The row that the draft makes of the stored one. Throws <see cref="ProblemException"/> with all that is wrong at once.</summary>
    public static StoredSchedule Check(ScheduleDraft draft, StoredSchedule stored)
    {
        Dictionary<string, string[]> errors = [];
        if (!Enum.TryParse<Frequency>(draft.Frequency, ignoreCase: true, out var frequency) || int.TryParse(draft.Frequency, out _))
        {
            errors["frequency"] = ["Choose hourly, daily or weekly."];
        }

        if (draft.Active is null)
        {
            errors["active"] = ["Say true or false."];
        }

        if (!DateOnly.TryParseExact(draft.StartDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var startDate))
        {
            errors["startDate"] = ["Write the date as 2026-11-23."];
        }
        else if (startDate > ScheduleRules.LatestStart)
        {
            errors["startDate"] = [$"Choose a date up to {ScheduleRules.LatestStart:yyyy-MM-dd}."];
        }

        if (!TimeOnly.TryParseExact(draft.TimeOfDay, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var timeOfDay))
        {
            errors["timeOfDay"] = ["Write the time of day as 08:05, from 00:00 to 23:59."];
        }

        if (!string.IsNullOrWhiteSpace(draft.TimeZone) && !TimeZones.TryRead(draft.TimeZone, out _, out var problem))
        {
            errors["timeZone"] = [problem];
        }

        if (draft.Sweep is { } sweep && !SweepRules.Rhythms.Contains(sweep))
        {
            errors["sweep"] = ["Choose nightly, weekly or off; or leave it out."];
        }

        return errors.Count > 0
            ? throw ConnectionRules.Invalid(errors)
            : stored with
            {
                Frequency = frequency,
                Active = draft.Active!.Value,
                StartDate = startDate,
                TimeOfDay = new(timeOfDay.Hour, timeOfDay.Minute),
                OwnZone = string.IsNullOrWhiteSpace(draft.TimeZone) ? null : draft.TimeZone,
                Sweep = draft.Sweep ?? stored.Sweep,
                Version = stored.Version + 1,
            };
    }
}
