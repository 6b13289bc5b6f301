namespace XtndOrleans.Simulator;

/// <summary>A store's idea of the time. The web server's and the database's clocks may differ.</summary>
public sealed class StoreClock(TimeProvider time)
{
    /// <summary>Added to both clocks. Default zero.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Added to the database's clock (<c>updated_at</c>) on top of <see cref="Offset"/>. Default zero.</summary>
    public TimeSpan DatabaseOffset { get; set; }

    /// <summary>What the Date header and the tokens say.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    internal long DatabaseSecond => (Now + DatabaseOffset).ToUnixTimeSeconds();
}
