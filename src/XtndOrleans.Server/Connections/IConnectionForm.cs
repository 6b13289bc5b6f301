namespace XtndOrleans.Server.Connections;

/// <summary>What a field of a connection's form speaks to.</summary>
public interface IConnectionForm
{
    /// <summary>The external system.</summary>
    string? System { get; }

    /// <summary>Whether the store is being asked.</summary>
    bool IsBusy { get; }

    /// <summary>What was typed into a field.</summary>
    string this[string field] { get; }

    /// <summary>What is wrong with a field, in the reader's language; null while nothing is known to be.</summary>
    string? Problem(string field);

    /// <summary>Takes what was typed into a field.</summary>
    void Type(string field, string? text);

    /// <summary>From now on what is wrong with the field is shown.</summary>
    void Leave(string field);
}
