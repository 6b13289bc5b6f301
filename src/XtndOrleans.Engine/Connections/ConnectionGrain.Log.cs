using Microsoft.Extensions.Logging;

namespace XtndOrleans.Engine.Connections;

internal static partial class ConnectionGrainLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connection {Connection} to a {System} store created")]
    public static partial void Created(this ILogger log, ConnectionId connection, string system);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connection {Connection} has new credentials, proved against the store")]
    public static partial void CredentialsReplaced(this ILogger log, ConnectionId connection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store of connection {Connection} refused the sign-in: {Code}")]
    public static partial void SignInRefused(this ILogger log, ConnectionId connection, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connection {Connection} tried: ok {Ok}, {DurationMs} ms")]
    public static partial void Verified(this ILogger log, ConnectionId connection, bool ok, int durationMs);
}
