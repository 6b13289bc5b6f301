using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Server.Records;

/// <summary>What the page of a record shows.</summary>
/// <param name="Connection">Whose it is.</param>
/// <param name="Record">The record with its body.</param>
/// <param name="Related">What has to do with it, of every kind.</param>
/// <param name="History">The newest of its changes.</param>
public sealed record RecordShown(ConnectionName Connection, RecordView Record, IReadOnlyList<RelatedRecord> Related, RecordHistory History);
