namespace XtndOrleans.Server.Security;

/// <summary>The framework's log lines that repeat what people send, and with it their secrets. They are written at no level, whatever the configuration asks for.</summary>
internal static class SilentLogs
{
    // Addresses with their queries, of which some hold a sign-in link's text or an identity provider's code; and what is typed into a page that is open.
    static readonly string[] Categories = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher"];

    public static IServiceCollection AddSilentLogs(this IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(logs =>
    {
        // A rule for one provider goes before one for all; of two that are equally exact the later one holds.
        foreach (var provider in logs.Rules.Select(rule => rule.ProviderName).Append(null).Distinct(StringComparer.Ordinal).ToList())
        {
            foreach (var category in Categories)
            {
                logs.Rules.Add(new(provider, category, LogLevel.Warning, null));
            }
        }
    });
}
