namespace XtndOrleans.Simulator;

/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">What the answer gives as the number of all that match; null leaves it out.</param>
internal sealed record ListPage<TRow>(ReadOnlyMemory<TRow> Rows, int? Total);

/// <summary>How a store departs from what was asked.</summary>
/// <param name="Clamp">A page beyond the last repeats the last.</param>
/// <param name="Unordered">The rows come in an order of their own.</param>
internal readonly record struct ListManner(bool Clamp, bool Unordered);

/// <summary>Runs a search over a snapshot of rows. A walk by the key, or a range of it, is a binary search and a slice, never a scan.</summary>
internal static class ListQuery
{
    public static ListPage<TRow> Run<TRow>(Entity<TRow> entity, TRow[] rows, SearchCriteria criteria, ListManner manner) where TRow : Row
    {
        var (from, to) = (0, rows.Length);
        var tests = new List<Func<TRow, bool>>();
        foreach (var group in criteria.Groups.Where(group => group.Count > 0))
        {
            if (group is not [var only] || only.Field != entity.Key || only.Condition is not ("gt" or "lteq" or "to"))
                tests.Add(AnyOf(entity, group));
            else if (only.Condition == "gt")
                from = Math.Max(from, After(rows, only.Value));
            else
                to = Math.Min(to, After(rows, only.Value));
        }
        var sorts = Sorts(entity, criteria, tests);
        ReadOnlyMemory<TRow> matching = rows.AsMemory(from..Math.Max(from, to));
        if (tests.Count > 0) matching = Where(matching.Span, tests);
        var (offset, length) = Window(criteria, matching.Length, manner.Clamp);
        if (manner.Unordered) matching = matching.ToArray().OrderBy(row => Tie(row.Id, 1)).ToArray();
        else if (sorts.Count > 0) matching = Sorted(matching, sorts, offset, length, entity.Key);
        return new(matching.Slice(offset, length), matching.Length);
    }

    static int After<TRow>(TRow[] rows, string id) where TRow : Row =>
        RecordSet<TRow>.FirstAfter(rows, (long)decimal.Floor(Condition.MySqlNumber(id)));

    static Func<TRow, bool> AnyOf<TRow>(Entity<TRow> entity, IReadOnlyList<Filter> group) where TRow : Row
    {
        var any = new Func<TRow, bool>[group.Count];
        for (var i = 0; i < any.Length; i++)
        {
            any[i] = entity.Fields.TryGetValue(group[i].Field, out var field)
                ? Condition.On(field, group[i])
                : throw entity.UnknownFilter(group[i].Field);
        }
        return any is [var only] ? only : row => Array.Exists(any, test => test(row));
    }

    static TRow[] Where<TRow>(ReadOnlySpan<TRow> rows, List<Func<TRow, bool>> tests)
    {
        var kept = new List<TRow>();
        foreach (var row in rows)
        {
            if (tests.TrueForAll(test => test(row))) kept.Add(row);
        }
        return [.. kept];
    }

    static List<(EntityField<TRow> Field, bool Descending, string Name)> Sorts<TRow>(Entity<TRow> entity, SearchCriteria criteria, List<Func<TRow, bool>> tests)
        where TRow : Row
    {
        var sorts = new List<(EntityField<TRow>, bool, string)>();
        foreach (var sort in criteria.Sorts ?? [])
        {
            if (entity.Fields.TryGetValue(sort.Field, out var field)) sorts.Add((field, sort.Descending, sort.Field));
            else if (entity.UnknownSort(sort.Field) is { } error) throw error;
            if (entity.JoinedBySort(sort.Field) is { } joined) tests.Add(joined);
        }
        // The rows are in this order already.
        if (sorts is [{ Item2: false, Item3: var first }, ..] && first == entity.Key) sorts.Clear();
        return sorts;
    }

    static ReadOnlyMemory<TRow> Sorted<TRow>(ReadOnlyMemory<TRow> rows, List<(EntityField<TRow> Field, bool Descending, string Name)> sorts, int offset,
        int length, string key) where TRow : Row
    {
        if (length == 0) return rows;
        var sorted = rows.ToArray();
        var salt = sorts.Exists(sort => sort.Name == key) ? 0 : offset;
        Array.Sort(sorted, (a, b) =>
        {
            foreach (var (field, descending, _) in sorts)
            {
                var order = field.Compare(a, b);
                if (order != 0) return descending ? -order : order;
            }
            return Tie(a.Id, salt).CompareTo(Tie(b.Id, salt));
        });
        return sorted;
    }

    /// <summary>MySQL orders ties anew for each LIMIT: with no id in the sort, pages repeat rows and lose others.</summary>
    static uint Tie(int id, int salt) => salt == 0 ? (uint)id : ((uint)id ^ (uint)salt) * 2654435761;

    static (int Offset, int Length) Window(SearchCriteria criteria, int total, bool clamp)
    {
        if (criteria.PageSize is null or 0) return (0, total);
        var size = Math.Max(1, criteria.PageSize.Value);
        var page = Math.Max(1, criteria.CurrentPage ?? 1);
        if (clamp && total > 0) page = Math.Min(page, ((total - 1) / size) + 1);
        if (page - 1 >= (total + size - 1L) / size || size > int.MaxValue) return size > int.MaxValue && page == 1 ? (0, total) : (0, 0);
        var offset = (int)((page - 1) * size);
        return (offset, (int)Math.Min(size, total - offset));
    }
}
