using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>A page to be written, with all that moves together with it.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Run">The run that has read the page.</param>
/// <param name="Epoch">The epoch that this loop took when it began.</param>
/// <param name="Page">The page. It may be empty, as the last one of a run can be.</param>
/// <param name="AfterId">Where the next page starts.</param>
/// <param name="Last">Whether the run ends with this page: then the window closes, and the watermark moves.</param>
/// <param name="Requests">Requests that the page took, all attempts counted.</param>
/// <param name="Retries">Those of them that repeated a failed one.</param>
/// <param name="Total">Records that the run has to read in all, as the store counts; null leaves what is known.</param>
/// <param name="Now">The time of the commit, by our clock.</param>
internal sealed record PageCommit(
    EntityId Id, Guid Run, long Epoch, Page Page, string? AfterId, bool Last, int Requests, int Retries, long? Total, DateTimeOffset Now)
{
    /// <summary>Whether the ids of the page are kept until the run ends, to find out what is missing: a full read.</summary>
    public bool KeepsIds { get; init; }

    /// <summary>Whether this is the last page of a run that goes on to reckon: the cursor's phase becomes <c>reckon</c>, its id is cleared, and the run stays open.</summary>
    public bool EndsReading { get; init; }

    /// <summary>Records per request that the store bore; null leaves what is known.</summary>
    public int? PageSize { get; init; }
}

/// <summary>What a page changed.</summary>
/// <param name="Inserted">Records that were not held, tombstones that came back included.</param>
/// <param name="Updated">Records that were held and differ.</param>
/// <param name="Unchanged">Records that were held as they are; they were not touched.</param>
/// <param name="LastSeq">The entity's highest change number now.</param>
internal readonly record struct PageCommitted(int Inserted, int Updated, int Unchanged, long LastSeq);
