namespace XtndOrleans.Simulator;

/// <summary>The rows of one entity by ascending id. Readers take a snapshot; writers replace slots or the array.</summary>
public sealed class RecordSet<TRow> where TRow : Row
{
    readonly Lock gate = new();
    volatile TRow[] rows;

    internal RecordSet(TRow[] rows) => this.rows = rows;

    public int Count => rows.Length;

    /// <summary>The rows as they are now, by ascending id. Not to be written to.</summary>
    public IReadOnlyList<TRow> All => rows;

    internal TRow[] Snapshot => rows;

    public TRow? Find(int id) => IndexOf(rows, id) is var at and >= 0 ? rows[at] : null;

    /// <summary>Replaces one row by what <paramref name="change"/> makes of it; false when there is no such id.</summary>
    internal bool Change(int id, Func<TRow, TRow> change)
    {
        lock (gate)
        {
            var at = IndexOf(rows, id);
            if (at < 0) return false;
            Volatile.Write(ref rows[at], change(rows[at]));
            return true;
        }
    }

    internal int ChangeAll(Func<TRow, TRow> change)
    {
        lock (gate)
        {
            for (var i = 0; i < rows.Length; i++) Volatile.Write(ref rows[i], change(rows[i]));
            return rows.Length;
        }
    }

    /// <summary>Appends what <paramref name="make"/> gives for the next free ids.</summary>
    internal IReadOnlyList<TRow> Add(int count, Func<int, TRow> make)
    {
        lock (gate)
        {
            var next = Math.Max(lastId, rows.Length == 0 ? 0 : rows[^1].Id) + 1;
            var added = new TRow[count];
            for (var i = 0; i < count; i++) added[i] = make(next + i);
            lastId = next + count - 1;
            rows = [.. rows, .. added];
            return added;
        }
    }

    internal int Delete(IReadOnlyCollection<int> ids)
    {
        lock (gate)
        {
            // An auto-increment column never gives a deleted last id again.
            if (rows.Length > 0) lastId = Math.Max(lastId, rows[^1].Id);
            var gone = ids.ToHashSet();
            var before = rows.Length;
            rows = [.. rows.Where(row => !gone.Contains(row.Id))];
            return before - rows.Length;
        }
    }

    int lastId;

    /// <summary>The index of the first row whose id is greater than <paramref name="id"/>.</summary>
    internal static int FirstAfter(TRow[] rows, long id)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[middle].Id <= id) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    static int IndexOf(TRow[] rows, int id)
    {
        var at = FirstAfter(rows, (long)id - 1);
        return at < rows.Length && rows[at].Id == id ? at : -1;
    }
}
