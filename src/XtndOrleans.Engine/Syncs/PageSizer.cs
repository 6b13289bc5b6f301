using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// How many records to ask for, learnt from what comes back: pages of at most five seconds and eight megabytes. A page that is heavier, a timeout and a 5xx
/// halve it; after a failure it doubles back to half of what failed, and from there grows by half after ten light pages. Pure: it knows no clock and no store.
/// </summary>
internal sealed class PageSizer
{
    const int CleanPages = 10;
    const double Growth = 1.5;
    const double HeavySeconds = 5;
    const double HeavyBytes = 8 << 20;

    int recovered;
    int clean;
    bool failing;

    /// <param name="start">What the store bore last; capped by <paramref name="limit"/>.</param>
    /// <param name="limit">The most that is ever asked for.</param>
    public PageSizer(int start, int limit)
    {
        Limit = Math.Max(1, limit);
        Size = Math.Clamp(start, 1, Limit);
    }

    /// <summary>The most that is asked for.</summary>
    public int Limit { get; private set; }

    /// <summary>Records to ask for next.</summary>
    public int Size { get; private set; }

    /// <summary>A page came whole. One that was asked for smaller than <see cref="Size"/> proves nothing for it.</summary>
    public void Succeeded(int asked, TimeSpan took, long bytes)
    {
        if (asked < Size)
        {
            return;
        }

        failing = false;
        var weight = Math.Max(took.TotalSeconds / HeavySeconds, bytes / HeavyBytes);
        if (weight > 1)
        {
            Halve();
        }
        else if (weight > 1 / Growth)
        {
            clean = 0;
        }
        else
        {
            Grow();
        }
    }

    /// <summary>A page did not come. Only what a smaller page can mend makes it smaller: maintenance is not mended.</summary>
    public void Failed(ConnectorException failure)
    {
        if (failure.MaximumPageSize is { } most)
        {
            Cap(most);
        }
        else if (failure.Code is FailureCodes.AnswerTooLarge or FailureCodes.Timeout || failure is { Kind: FailureKind.StoreDown, Code: FailureCodes.StoreError })
        {
            recovered = failing ? recovered : Size / 2;
            failing = true;
            Halve();
        }
    }

    /// <summary>The store allows no more than this.</summary>
    public void Cap(int most)
    {
        Limit = Math.Clamp(most, 1, Limit);
        Size = Math.Min(Size, Limit);
    }

    void Halve()
    {
        Size = Math.Max(1, Size / 2);
        clean = 0;
    }

    void Grow()
    {
        if (Size < recovered)
        {
            Size = Math.Min(Math.Min(recovered, Limit), Size * 2);
        }
        else if (++clean >= CleanPages)
        {
            Size = Math.Min(Limit, (int)Math.Ceiling(Size * Growth));
            clean = 0;
        }
    }
}
