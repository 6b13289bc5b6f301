using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Server.Records;

/// <summary>What the list shows.</summary>
/// <param name="Connection">Whose records; null when the tenant has none, or not the one that was asked for.</param>
/// <param name="HasOthers">Whether there are other connections to choose.</param>
/// <param name="Entities">What the connection's system has.</param>
/// <param name="Entity">Which of them.</param>
/// <param name="Held">How many are held, unfiltered.</param>
/// <param name="Lines">The page's.</param>
/// <param name="Next">The cursor of the next page.</param>
public sealed record RecordsFound(
    ConnectionName? Connection, bool HasOthers, IReadOnlyList<string> Entities, string Entity, long Held, IReadOnlyList<RecordLine> Lines, string? Next);
