namespace XtndOrleans.Server.Pages.Shell;

internal static partial class AccountMenuLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The name of a tenant could not be read; the page is shown without it")]
    public static partial void NameNotRead(this ILogger log, Exception failure);
}
