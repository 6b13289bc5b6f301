namespace XtndOrleans.Server.Problems;

internal static partial class ProblemLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} ended with {Status}, request {RequestId}")]
    public static partial void CallFailed(this ILogger log, Exception failure, string method, string? endpoint, int status, string requestId);
}
