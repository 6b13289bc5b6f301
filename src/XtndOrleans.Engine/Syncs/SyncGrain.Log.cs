using Microsoft.Extensions.Logging;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

internal static partial class SyncGrainLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} of {Entity} reads ({Mode}, epoch {Epoch}, after {AfterId})")]
    public static partial void Reading(this ILogger log, EntityId entity, Guid run, string mode, long epoch, string? afterId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} of {Entity} succeeded: {Seen} records, {Inserted} new, {Updated} changed")]
    public static partial void Succeeded(this ILogger log, EntityId entity, Guid run, long seen, long inserted, long updated);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity} failed: {Code}")]
    public static partial void Failed(this ILogger log, EntityId entity, Guid run, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} of {Entity} was taken over by another loop; this one ends")]
    public static partial void Fenced(this ILogger log, EntityId entity, Guid run);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} of {Entity} stops here with its page written; it goes on elsewhere")]
    public static partial void Drained(this ILogger log, EntityId entity, Guid run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity} was interrupted and goes on from its cursor: {Reason}")]
    public static partial void Interrupted(this ILogger log, EntityId entity, Guid run, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity} was interrupted by what it does not know and goes on from its cursor ({Time} of {Most})")]
    public static partial void InterruptedByUnknown(this ILogger log, Exception failure, EntityId entity, Guid run, int time, int most);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity} ended, but its connection could not be told")]
    public static partial void NotTold(this ILogger log, Exception failure, EntityId entity, Guid run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity} goes on, but what it leased before it was interrupted could not be freed")]
    public static partial void NotFreed(this ILogger log, Exception failure, EntityId entity, Guid run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity}: the store does not count its records ({Code})")]
    public static partial void NotCounted(this ILogger log, EntityId entity, Guid run, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run} of {Entity}: the store will not tell whether a record that it no longer lists is gone ({Code}); it stays")]
    public static partial void WillNotTell(this ILogger log, EntityId entity, Guid run, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {Run} of {Entity} met a mistake of ours")]
    public static partial void Broken(this ILogger log, Exception failure, EntityId entity, Guid run);
}
