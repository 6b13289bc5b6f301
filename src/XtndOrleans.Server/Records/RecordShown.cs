using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>What the page of a record shows.</summary>
/// <param name="Connection">Whose it is.</param>
/// <param name="Record">The record with its body.</param>
/// <param name="Related">What has to do with it, of every kind.</param>
/// <param name="History">The newest of its changes.</param>
public sealed record RecordShown(ConnectionName Connection, RecordView Record, IReadOnlyList<RelatedRecord> Related, RecordHistory History)
{
    /// <summary>A bigger body is read once more by the circuit instead of being sent to the browser and back.</summary>
    const int MostToKeep = 50_000;

    /// <summary>Whether it is small enough to be kept in the page's first answer.</summary>
    internal bool MayBeKept => Record.Body is not { Utf8.Length: > MostToKeep };
}
