namespace XtndOrleans.Simulator;

/// <summary>The wanted fields: <c>items[id,sku],total_count</c>. A name without brackets takes the whole value.</summary>
internal sealed class FieldTree
{
    readonly Dictionary<string, FieldTree?> wanted = [];

    public IEnumerable<string> Names => wanted.Keys;
    public int Count => wanted.Count;
    public bool Wants(string name, out FieldTree? inner) => wanted.TryGetValue(name, out inner);

    /// <summary>Null for what Magento cannot parse: brackets out of balance, or a character that is no letter, digit or underscore.</summary>
    public static FieldTree? Parse(string fields)
    {
        var position = 0;
        var tree = Level(fields, ref position);
        return position == fields.Length ? tree : null;
    }

    static FieldTree? Level(string text, ref int position)
    {
        var level = new FieldTree();
        while (true)
        {
            var start = position;
            while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_')) position++;
            if (position == start) return null;
            var name = text[start..position];
            FieldTree? inner = null;
            if (position < text.Length && text[position] == '[')
            {
                position++;
                inner = Level(text, ref position);
                if (inner is null || position >= text.Length || text[position] != ']') return null;
                position++;
            }
            level.wanted[name] = inner;
            if (position >= text.Length || text[position] != ',') return level;
            position++;
        }
    }
}
