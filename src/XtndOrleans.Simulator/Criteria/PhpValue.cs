namespace XtndOrleans.Simulator;

/// <summary>What PHP makes of a query parameter: text, or an array of such by key in the order of arrival.</summary>
internal sealed class PhpValue
{
    readonly List<KeyValuePair<string, PhpValue>> members = [];

    public string? Text { get; private set; }
    public IReadOnlyList<KeyValuePair<string, PhpValue>> Members => members;
    public PhpValue? this[string key] => members.Find(member => member.Key == key).Value;

    /// <summary>PHP's reading of a raw query string, <c>a[b][0]=c</c> and all.</summary>
    public static PhpValue Query(string query)
    {
        var root = new PhpValue();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = Decode(equals < 0 ? pair : pair[..equals]);
            root.Assign(Path(key), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
        return root;
    }

    void Assign(List<string> path, string text)
    {
        var at = this;
        foreach (var key in path) at = at.Child(key.Length == 0 ? $"{at.members.Count}" : key);
        at.members.Clear();
        at.Text = text;
    }

    PhpValue Child(string key)
    {
        Text = null;
        if (this[key] is { } known) return known;
        var made = new PhpValue();
        members.Add(new(key, made));
        return made;
    }

    static List<string> Path(string key)
    {
        var bracket = key.IndexOf('[', StringComparison.Ordinal);
        if (bracket <= 0 || !key.Contains(']', StringComparison.Ordinal)) return [key];
        var path = new List<string> { key[..bracket] };
        while (bracket >= 0 && bracket < key.Length && key[bracket] == '[')
        {
            var end = key.IndexOf(']', bracket);
            if (end < 0) break;
            path.Add(key[(bracket + 1)..end]);
            bracket = end + 1;
        }
        return path;
    }

    static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
