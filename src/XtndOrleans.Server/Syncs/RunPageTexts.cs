using System.Globalization;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Server.Pages.Shared;
using static XtndOrleans.Server.Pages.Language.Language;

namespace XtndOrleans.Server.Syncs;

/// <summary>The texts of the list of runs and of the page of one.</summary>
internal static class RunPageTexts
{
    public static string Title => Say("Runs", "Körningar");
    public static string Entity => Say("Records", "Poster");
    public static string EveryEntity => Say("All records", "Alla poster");
    public static string State => Say("State", "Läge");
    public static string EveryState => Say("Every state", "Alla lägen");
    public static string More => Say("Load more", "Visa fler");
    public static string NoneTitle => Say("No run yet", "Ingen körning ännu");
    public static string None => Say("A run starts on its schedule, or when you start one on the connection's page.", "En körning startar enligt schemat, eller när du startar en på anslutningens sida.");
    public static string NoMatchTitle => Say("No such run", "Ingen sådan körning");
    public static string NoMatch => Say("No run of this connection is of this kind.", "Ingen av anslutningens körningar passar urvalet.");
    public static string ShowAll => Say("Show all", "Visa alla");
    public static string NotStarted => Say("did not start", "startade inte");
    public static string ToConnection => Say("To the connection", "Till anslutningen");
    public static string InZone(string zone) => Say($"Times in {zone}, newest first.", $"Tider i {zone}, nyaste först.");

    public static string Trigger(string trigger) => trigger switch
    {
        "schedule" => Say("On schedule", "Enligt schemat"),
        "manual" => Say("Started by hand", "Startad för hand"),
        "catch_up" => Say("Catching up", "Tar igen"),
        _ => trigger,
    };

    public static string Mode(RunView run) => run.Mode switch
    {
        "full" => Say("everything", "allt"),
        "incremental" => Say("changes only", "bara ändringar"),
        _ => run.Mode,
    };

    /// <summary>Products, 23 Nov 2026 08:05.</summary>
    public static string Name(RunView run, string zone) =>
        run.StartedAt is { } at ? $"{StateTexts.Entity(run.Entity)}, {Times.Local(at, zone)}" : $"{StateTexts.Entity(run.Entity)}, {StateTexts.Of(run.State)}";

    public static string RunOf(string entity) => Say($"Run of {Lower(entity)}", $"Körning av {Lower(entity)}");
    public static string AllOf(string entity) => Say($"All runs of {Lower(entity)}", $"Alla körningar av {Lower(entity)}");
    public static string RecordsOf(string entity) => Say($"See the {Lower(entity)}", $"Se {Lower(entity)}");
    public static string Before => Say("Run before", "Föregående körning");
    public static string After => Say("Run after", "Nästa körning");
    public static string OtherRuns => Say("Other runs", "Andra körningar");
    public static string Cancel => Say("Cancel", "Avbryt");
    public static string Cancelling => Say("Cancelling: it ends after its page.", "Avbryts: den slutar efter sin sida.");
    public static string Again => Say("Run again", "Kör igen");
    public static string Details => Say("In detail", "I detalj");
    public static string WhatRead => Say("What is read", "Vad som läses");
    public static string Why => Say("Why", "Varför");
    public static string Started => Say("Started", "Startade");
    public static string Ended => Say("Ended", "Slutade");
    public static string Not => Say("not yet", "inte ännu");
    public static string Pages => Say("Pages", "Sidor");
    public static string Seen => Say("Records read", "Lästa poster");
    public static string Inserted => Say("New", "Nya");
    public static string Updated => Say("Changed", "Ändrade");
    public static string Unchanged => Say("Unchanged", "Oförändrade");
    public static string Deleted => Say("Deleted", "Borttagna");
    public static string Quarantined => Say("In quarantine", "I karantän");
    public static string RequestsMade => Say("Requests", "Förfrågningar");
    public static string RetriesMade => Say("Retries", "Omförsök");
    public static string Data => Say("Data read", "Läst data");
    public static string Resumes => Say("Resumed after a server stopped", "Återupptagen efter att en server stannat");
    public static string Missing => Say("Held, but not seen in the store", "Finns här, men sågs inte i butiken");
    public static string Number => Say("Run id", "Körningens id");
    public static string Code => Say("Error code", "Felkod");
    public static string EditCredentials => Say("Change the credentials", "Byt uppgifterna");
    public static string DecideDeletions => Say("Decide on the connection's page", "Bestäm på anslutningens sida");
    public static string Confirmed => Say("Much was gone from the store, and somebody confirmed it.", "Mycket var borta från butiken, och någon bekräftade det.");

    /// <summary>In MB; what is less than a tenth of one in kB.</summary>
    public static string Size(long bytes) => bytes >= 100_000 ? $"{bytes / 1_000_000m:N1} MB" : $"{(bytes + 999) / 1000:N0} kB";
    public static string TimesOver(int count) => count == 0 ? StateTexts.Never : Count(count, ("time", "times"), ("gång", "gånger"));

    static string Lower(string entity) => StateTexts.Entity(entity).ToLower(CultureInfo.CurrentCulture);
}
