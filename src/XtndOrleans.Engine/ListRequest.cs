namespace XtndOrleans.Engine;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Limit">Items at most, 1 to <see cref="MaximumLimit"/>.</param>
/// <param name="Cursor">The <see cref="ListPage{T}.Next"/> of the part before; null from the beginning.</param>
public sealed record ListRequest(int Limit, string? Cursor)
{
    /// <summary>Items when nobody says how many.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Items at most.</summary>
    public const int MaximumLimit = 1000;

    /// <summary>The whole of a small list.</summary>
    public static ListRequest First { get; } = new(MaximumLimit, null);

    internal Guid? AfterId() => Cursor is null ? null : Guid.TryParseExact(Cursor, "N", out var id) ? id : throw BadCursor();

    // The rows were read with one more than the limit: it tells whether there are more.
    internal ListPage<T> Page<T>(List<T> rows, Func<T, string> cursor) => rows.Count > Limit
        ? new(rows[..Limit], cursor(rows[Limit - 1]))
        : new(rows, null);

    internal static ProblemException BadCursor()
    {
        const string Cure = "Give back the 'next' of the page before, unaltered, or leave it out to begin anew.";
        return new(ProblemKind.Invalid, "invalid_cursor", Cure) { Errors = { ["cursor"] = [Cure] } };
    }
}
