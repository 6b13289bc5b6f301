using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Server.Connections;

/// <summary>What somebody types about a connection, and what is wrong with it. What is wrong with a field is shown once the field was left.</summary>
public abstract class ConnectionForm
{
    readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);
    readonly HashSet<string> left = new(StringComparer.Ordinal);

    /// <summary>The external system.</summary>
    public abstract string? System { get; }

    /// <summary>Whether the store is being asked.</summary>
    public bool IsBusy { get; set; }

    /// <summary>What is wrong now, by field.</summary>
    protected IReadOnlyDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    /// <summary>What was typed into a field.</summary>
    public string this[string field]
    {
        get => typed.GetValueOrDefault(field, "");
        protected set => typed[field] = value;
    }

    /// <summary>What is wrong with a field, in the reader's language; null while nothing is known to be.</summary>
    public string? Problem(string field) =>
        left.Contains(field) && Problems.TryGetValue(field, out var found) && found.Length > 0 ? FieldTexts.Problem(field, found[0]) : null;

    /// <summary>Takes what was typed into a field.</summary>
    public void Type(string field, string? text)
    {
        typed[field] = text ?? "";
        if (Problems.ContainsKey(field))
        {
            Check();
        }
    }

    /// <summary>From now on what is wrong with the field is shown.</summary>
    public void Leave(string field)
    {
        left.Add(field);
        Check();
    }

    /// <summary>Shows what the service finds wrong beside the fields.</summary>
    public void Refuse(IReadOnlyDictionary<string, string[]> problems)
    {
        Problems = problems;
        left.UnionWith(problems.Keys);
    }

    /// <summary>What is wrong with what is typed now.</summary>
    protected abstract Dictionary<string, string[]> Find();

    /// <summary>Looks at what is typed now.</summary>
    protected void Check() => Problems = Find();

    /// <summary>Looks at what is typed now and shows all that is wrong; true when nothing is.</summary>
    protected bool CheckAll()
    {
        Refuse(Find());
        return Problems.Count == 0;
    }

    /// <summary>What was not typed yet is not wrong yet.</summary>
    protected void Forgive(IEnumerable<SystemField> fields) => left.ExceptWith(fields.Where(field => this[field.Name].Length == 0).Select(field => field.Name));

    /// <summary>Forgets what was typed.</summary>
    protected void Clear() => typed.Clear();

    /// <summary>What another way to sign in takes.</summary>
    /// <param name="way">The way.</param>
    /// <param name="asked">What was typed into a field that is asked for; null for others.</param>
    protected static AuthDraft Auth(SystemSignIn way, Func<string, string?> asked) =>
        new(way.Kind, asked("auth.totpSecret"), asked("auth.consumerKey"), asked("auth.consumerSecret"), asked("auth.accessToken"), asked("auth.accessTokenSecret"));
}
