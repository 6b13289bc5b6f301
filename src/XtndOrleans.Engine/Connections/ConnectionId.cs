using System.Diagnostics.CodeAnalysis;

namespace XtndOrleans.Engine.Connections;

/// <summary>A connection of a tenant. The only place that knows how grain keys are written.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Connection">The connection.</param>
[GenerateSerializer, Immutable, Alias("xtnd.connection-id")]
public readonly record struct ConnectionId([property: Id(0)] Guid Tenant, [property: Id(1)] Guid Connection)
{
    /// <summary><c>conn/{tenant}/{connection}</c>. The prefix keeps the ADO.NET store from reading a key as a number.</summary>
    public string GrainKey => $"conn/{Tenant:N}/{Connection:N}";

    /// <summary>Reads <see cref="GrainKey"/> back.</summary>
    public static ConnectionId FromGrainKey(string key) => key.Split('/') is ["conn", var tenant, var connection]
        ? new(Guid.ParseExact(tenant, "N"), Guid.ParseExact(connection, "N"))
        : throw new FormatException($"'{key}' is not the key of a connection.");

    /// <summary>The id as the REST API writes it: 32 hexadecimal digits.</summary>
    public override string ToString() => Connection.ToString("N");
}

/// <summary>One entity of a connection.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Entity">One of <see cref="Connectors.Entities"/>.</param>
[GenerateSerializer, Immutable, Alias("xtnd.entity-id")]
[SuppressMessage("Naming", "CA1711", Justification = "An id of an entity.")]
public readonly record struct EntityId([property: Id(0)] ConnectionId Connection, [property: Id(1)] string Entity)
{
    /// <summary>Key of the entity's sync grain: <c>sync/{tenant}/{connection}/{entity}</c>.</summary>
    public string SyncKey => Key("sync");

    /// <summary>Key of the entity's schedule grain: <c>sched/{tenant}/{connection}/{entity}</c>.</summary>
    public string ScheduleKey => Key("sched");

    /// <summary>Reads <see cref="SyncKey"/> or <see cref="ScheduleKey"/> back.</summary>
    public static EntityId FromGrainKey(string key) => key.Split('/') is ["sync" or "sched", var tenant, var connection, var entity]
        ? new(new(Guid.ParseExact(tenant, "N"), Guid.ParseExact(connection, "N")), entity)
        : throw new FormatException($"'{key}' is not the key of an entity.");

    /// <inheritdoc/>
    public override string ToString() => $"{Connection}/{Entity}";

    string Key(string prefix) => $"{prefix}/{Connection.Tenant:N}/{Connection.Connection:N}/{Entity}";
}
