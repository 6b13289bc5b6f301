using Microsoft.Extensions.Logging;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Schedules;

internal static partial class EntityScheduleGrainLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} due slots of {Entity} were skipped: the connection is paused or not verified")]
    public static partial void SkippedPaused(this ILogger log, EntityId entity, int count);
}
