namespace XtndOrleans.Connectors.Magento;

/// <summary>
/// The order in which Magento puts the names of signed parameters: PHP's <c>strnatcmp</c>, not that of RFC 5849. Digits in a row are one number, so the filter
/// with index 2 comes before the one with index 10.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The one there is.</summary>
    public static readonly NaturalOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (number, other) = (Digits(left), Digits(right));
            // No number here begins with a zero and goes on, so the longer one is the greater.
            var order = (number, other) is (0, _) or (_, 0) ? left[0] - right[0]
                : number != other ? number - other
                : left[..number].SequenceCompareTo(right[..other]);
            if (order != 0)
            {
                return order;
            }
            left = left[Math.Max(1, number)..];
            right = right[Math.Max(1, other)..];
        }
        return left.Length - right.Length;
    }

    static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
