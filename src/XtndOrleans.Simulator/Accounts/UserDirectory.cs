using System.Collections.Concurrent;

namespace XtndOrleans.Simulator;

/// <summary>A store's admin users.</summary>
public sealed class UserDirectory
{
    readonly ConcurrentDictionary<string, StoreUser> users = new(StringComparer.OrdinalIgnoreCase);
    readonly MagentoStore store;

    internal UserDirectory(MagentoStore store) => this.store = store;

    /// <summary>Adds a user, or replaces the one of that name with his tokens. No resources: all rights.</summary>
    public StoreUser Add(string name, string password, params string[] resources) =>
        users[name] = new(users.Count + 1, name, password, resources.Length == 0 ? null : resources);

    public StoreUser? Find(string name) => users.GetValueOrDefault(name);

    public StoreUser this[string name] => Find(name) ?? throw new KeyNotFoundException($"The store has no user {name}.");

    /// <summary>"Force sign-in": every token issued until now is refused, for one user or for all.</summary>
    public void RevokeTokens(string? name = null)
    {
        foreach (var user in users.Values.Where(user => name is null || user == Find(name))) store.Tokens.Revoke(user);
    }
}
