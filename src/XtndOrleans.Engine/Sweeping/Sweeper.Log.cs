using Microsoft.Extensions.Logging;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Sweeping;

internal static partial class SweeperLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A sweep failed; the next one tries again")]
    public static partial void SweepFailed(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep could not go on with {Entity}; the next one tries again")]
    public static partial void OneFailed(this ILogger log, Exception failure, EntityId entity);
}
