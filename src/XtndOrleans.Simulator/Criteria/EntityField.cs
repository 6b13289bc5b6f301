namespace XtndOrleans.Simulator;

/// <summary>A column that filters and sorts may name, compared as MySQL compares its type.</summary>
internal sealed class EntityField<TRow>
{
    public Func<TRow, decimal?>? Number { get; private init; }
    public Func<TRow, string?>? Text { get; private init; }

    /// <summary>Unix seconds.</summary>
    public Func<TRow, long>? Date { get; private init; }

    /// <summary>A link table: the row has any number of values.</summary>
    public Func<TRow, IReadOnlyList<int>>? Many { get; private init; }

    public static EntityField<TRow> OfNumber(Func<TRow, decimal?> read) => new() { Number = read };
    public static EntityField<TRow> OfText(Func<TRow, string?> read) => new() { Text = read };
    public static EntityField<TRow> OfDate(Func<TRow, long> read) => new() { Date = read };
    public static EntityField<TRow> OfMany(Func<TRow, IReadOnlyList<int>> read) => new() { Many = read };

    public int Compare(TRow a, TRow b) =>
        Date is not null ? Date(a).CompareTo(Date(b))
        : Number is not null ? Nullable.Compare(Number(a), Number(b))
        : Text is not null ? string.Compare(Text(a), Text(b), StringComparison.OrdinalIgnoreCase)
        : 0;
}
