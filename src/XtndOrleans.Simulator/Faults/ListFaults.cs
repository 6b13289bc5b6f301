namespace XtndOrleans.Simulator;

/// <summary>The faults that leave an answer well formed and make it wrong: the store's own lists, bent.</summary>
internal static class ListFaults
{
    public static bool Is(FaultKind kind) =>
        kind is FaultKind.WrongTotal or FaultKind.NoTotal or FaultKind.RowTwice or FaultKind.Unordered or FaultKind.LastPageAgain;

    public static ListManner Manner(RestRequest request) => new(
        Clamp: request.Store.Settings.RepeatsLastPage || request.Fault?.Kind == FaultKind.LastPageAgain,
        Unordered: request.Fault?.Kind == FaultKind.Unordered);

    public static ListPage<TRow> Bend<TRow>(ListPage<TRow> page, Fault? fault) => fault?.Kind switch
    {
        FaultKind.WrongTotal => page with { Total = Math.Max(0, (page.Total ?? 0) + (fault.Amount ?? 1)) },
        FaultKind.NoTotal => page with { Total = null },
        FaultKind.RowTwice => page with { Rows = Twice(page.Rows) },
        _ => page,
    };

    /// <summary>The page keeps its length, so the last row gives way; a page of one has two.</summary>
    static ReadOnlyMemory<TRow> Twice<TRow>(ReadOnlyMemory<TRow> rows) =>
        rows.Length == 0 ? rows : (TRow[])[rows.Span[0], .. rows.Span[..Math.Max(1, rows.Length - 1)]];
}
