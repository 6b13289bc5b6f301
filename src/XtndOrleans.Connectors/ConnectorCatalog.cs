using System.Collections.Frozen;

namespace XtndOrleans.Connectors;

/// <summary>The connectors by system name. A name given twice stops the start.</summary>
public sealed class ConnectorCatalog(IEnumerable<IConnector> connectors)
{
    readonly FrozenDictionary<string, IConnector> bySystem = connectors.ToFrozenDictionary(c => c.Description.System, StringComparer.Ordinal);

    /// <summary>All systems, in the order of their names.</summary>
    public IEnumerable<SystemDescription> Systems => bySystem.Values.Select(c => c.Description).OrderBy(d => d.System, StringComparer.Ordinal);

    /// <summary>The connector of a system, or null when none has that name.</summary>
    public IConnector? Find(string system) => bySystem.GetValueOrDefault(system);

    /// <summary>The connector of a system that is known to exist.</summary>
    public IConnector this[string system] => bySystem[system];
}
