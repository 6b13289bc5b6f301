using Microsoft.Extensions.Logging;

namespace XtndOrleans.Engine.Database;

internal static partial class DatabaseLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Script}")]
    public static partial void ScriptApplied(this ILogger log, string script);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database lacks {Script}: waiting until a silo, or a start with --migrate, has applied it")]
    public static partial void WaitsForScript(this ILogger log, string script);

    [LoggerMessage(Level = LogLevel.Information, Message = "The embedded PostgreSQL {Version} serves {Folder} on 127.0.0.1:{Port}")]
    public static partial void PostgresStarted(this ILogger log, int version, string folder, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedded PostgreSQL of {Folder} was still running without its server; stopped it")]
    public static partial void PostgresLeftBehind(this ILogger log, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "The embedded PostgreSQL of {Folder} has stopped")]
    public static partial void PostgresStopped(this ILogger log, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedded PostgreSQL of {Folder} did not stop within {Limit}; it will recover at the next start")]
    public static partial void PostgresStopTimedOut(this ILogger log, string folder, TimeSpan limit);
}
