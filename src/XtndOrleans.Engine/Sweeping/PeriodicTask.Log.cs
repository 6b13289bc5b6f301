using Microsoft.Extensions.Logging;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Sweeping;

internal static partial class PeriodicTaskLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of the sweep failed; the next one tries again")]
    public static partial void RoundFailed(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep could not go on with {Entity}; the next round tries again")]
    public static partial void OneFailed(this ILogger log, Exception failure, EntityId entity);
}
