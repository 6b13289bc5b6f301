using System.Globalization;

namespace XtndOrleans.Engine.Records;

/// <summary>Where a person's list goes on: behind an order, or behind a change.</summary>
/// <param name="Seq">The number of the last record's change; null in a list by when orders were placed.</param>
/// <param name="PlacedAt">When the last order was placed; null when the store does not say.</param>
/// <param name="ExternalId">The last order.</param>
internal sealed record BrowseCursor(long? Seq, DateTime? PlacedAt, string ExternalId)
{
    public override string ToString() => RecordCursor.Of(Seq is { } seq
        ? string.Create(CultureInfo.InvariantCulture, $"c/{seq}")
        : string.Create(CultureInfo.InvariantCulture, $"p/{PlacedAt?.Ticks}/{ExternalId}"));

    public static BrowseCursor Read(string text) => RecordCursor.Read(text).Split('/', 3) switch
    {
        ["c", var seq] when long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new(number, null, ""),
        ["p", "", var id] => new(null, null, id),
        ["p", var ticks, var id] when long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks =>
            new(null, new DateTime(at, DateTimeKind.Utc), id),
        _ => throw ListRequest.BadCursor(),
    };
}
