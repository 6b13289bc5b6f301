using System.Collections.Concurrent;

namespace XtndOrleans.Simulator;

/// <summary>A store's integrations.</summary>
public sealed class IntegrationDirectory
{
    readonly ConcurrentQueue<IntegrationAccount> all = new();

    /// <summary>Adds one with values of its own. No resources: all rights.</summary>
    public IntegrationAccount Add(params string[] resources)
    {
        var added = new IntegrationAccount(all.Count + 1, resources.Length == 0 ? null : resources);
        all.Enqueue(added);
        return added;
    }

    internal IntegrationAccount? ByKey(string key) => all.FirstOrDefault(one => one.ConsumerKey == key);

    internal IntegrationAccount? ByToken(string token) => all.FirstOrDefault(one => one.Active && one.AccessToken == token);
}
