using System.Globalization;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Server.Onboarding;

/// <summary>What a person sees. On a terminal a run is a bar that moves; elsewhere it is a line now and then.</summary>
internal sealed class Screen(TextWriter output, bool isTerminal, TimeProvider clock)
{
    const int BarWidth = 24;
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    long? lastLine;
    int drawn;

    public void Say(string text) => output.WriteLine(text);

    /// <summary>What a verify found, with the cures.</summary>
    public void Show(Verification report)
    {
        foreach (var step in report.Steps)
        {
            Finding(step.Step, step.Ok, step.Detail, step.Cure);
        }

        foreach (var entity in report.Entities)
        {
            Finding(entity.Entity, entity.Ok, entity.Ok ? Count(entity.Count) : $"cannot be read; missing: {entity.MissingPermission ?? "unknown"}", entity.Cure);
        }
    }

    /// <summary>How far a run is.</summary>
    public void Progress(RunView run, double perSecond)
    {
        var text = $"{run.Entity,-12}{Bar(run)}{Count(run.Seen)} of {Count(run.Total)}   {Count((long)perSecond)}/s{Waiting(run)}";
        if (isTerminal)
        {
            output.Write($"\r{text.PadRight(drawn)}");
            drawn = text.Length;
        }
        else if (lastLine is not { } last || clock.GetElapsedTime(last) >= BetweenLines)
        {
            lastLine = clock.GetTimestamp();
            output.WriteLine(text);
        }
    }

    /// <summary>How a run ended.</summary>
    public void Over(RunView run, double perSecond)
    {
        if (isTerminal)
        {
            Progress(run, perSecond);
            output.WriteLine();
        }

        (lastLine, drawn) = (null, 0);
        output.WriteLine($"{run.Entity,-12}{run.State}: {Count(run.Seen)} read, {Count(run.Inserted)} new, {Count(run.Updated)} changed, {Count(run.Unchanged)} as before");
        if (run.Error is { } error)
        {
            output.WriteLine($"{"",-12}{error.Message}{(error.Cure is null ? "" : $" What to do: {error.Cure}")}");
        }
    }

    /// <summary>What is held of a store.</summary>
    public void Holds(ConnectionView connection)
    {
        output.WriteLine();
        output.WriteLine($"XtndOrleans holds of {connection.Name}:");
        foreach (var entity in connection.Entities)
        {
            output.WriteLine($"  {entity.Entity,-12}{Count(entity.Count),10}   next run {Next(entity)}");
        }
    }

    void Finding(string what, bool ok, string detail, string? cure)
    {
        output.WriteLine($"  {(ok ? "ok" : "NO"),-4}{what,-12}{detail}");
        if (cure is not null)
        {
            output.WriteLine($"{"",18}What to do: {cure}");
        }
    }

    string Bar(RunView run)
    {
        var full = run.Total is > 0 and var total ? (int)(Math.Min(run.Seen, total) * BarWidth / total) : run.IsOver ? BarWidth : 0;
        return isTerminal ? $"[{new string('#', full)}{new string('-', BarWidth - full)}] " : "";
    }

    static string Waiting(RunView run) =>
        run.Waiting is { } waiting ? $"   waiting: {waiting.Reason}" : run.EtaSeconds is { } left && !run.IsOver ? $"   {left} s left" : "";

    static string Next(ConnectionEntityView entity) =>
        entity.Schedule.NextRunAt is { } at ? at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "never: its schedule is inactive";

    static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "?";
}
