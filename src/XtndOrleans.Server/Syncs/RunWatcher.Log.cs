using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Server.Syncs;

internal static partial class RunWatcherLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Watching the runs of {Entity} broke off and begins again")]
    public static partial void WatchBroken(this ILogger log, Exception failure, EntityId entity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not show how run {Run} moves")]
    public static partial void NotShown(this ILogger log, Exception failure, string run);
}
