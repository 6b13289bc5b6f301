using Microsoft.Extensions.Logging;

namespace XtndOrleans.Connectors.Http;

/// <summary>Log lines of <see cref="StoreClient"/>. Never a query, a header or a body.</summary>
internal static partial class StoreClientLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Host}{Path} answered {Status} with {Bytes} bytes in {Milliseconds:0} ms")]
    public static partial void Answered(this ILogger log, HttpMethod method, string host, string path, int status, int bytes, double milliseconds);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Host}{Path} failed with {Code} after {Milliseconds:0} ms")]
    public static partial void Failed(this ILogger log, HttpMethod method, string host, string path, string code, double milliseconds);
}
