using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Engine.Connections;

/// <summary>Connections, read from SQL: two statements for a page of them, however many entities they have. One that is being deleted is no longer there.</summary>
public sealed partial class ConnectionQueries(NpgsqlDataSource database, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <summary>The system of a connection, or null when the tenant has no such connection. What every call below a connection asks first.</summary>
    public async Task<SystemDescription?> FindSystem(ConnectionId connection, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            "SELECT system FROM xtnd.connection WHERE tenant_id = $1 AND id = $2 AND deleting_since IS NULL",
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }],
            row => row.GetString(0),
            cancellationToken);
        return found.Count == 0 ? null : catalog[found[0]].Description;
    }

    /// <summary>One connection, or null.</summary>
    public async Task<ConnectionView?> Find(ConnectionId connection, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            $"""
            SELECT {ConnectionRow.Columns} FROM xtnd.connection connection
            WHERE connection.tenant_id = $1 AND connection.id = $2 AND connection.deleting_since IS NULL
            """,
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }],
            ConnectionRow.Read,
            cancellationToken);
        return found.Count == 0 ? null : (await WithEntities(connection.Tenant, found, cancellationToken))[0];
    }

    /// <summary>A tenant's connections, oldest first.</summary>
    public async Task<ListPage<ConnectionView>> List(Guid tenant, ListRequest request, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            $"""
            SELECT {ConnectionRow.Columns} FROM xtnd.connection connection
            WHERE connection.tenant_id = $1 AND connection.id > $2 AND connection.deleting_since IS NULL
            ORDER BY connection.id LIMIT $3
            """,
            [new() { Value = tenant }, new() { Value = request.AfterId() ?? Guid.Empty }, new() { Value = request.Limit + 1 }],
            ConnectionRow.Read,
            cancellationToken);
        var page = request.Page(found, connection => connection.Id);
        return new(await WithEntities(tenant, page.Items, cancellationToken), page.Next);
    }

    async Task<List<ConnectionView>> WithEntities(Guid tenant, IReadOnlyList<ConnectionView> connections, CancellationToken cancellationToken)
    {
        var wanted = connections
            .SelectMany(connection => catalog[connection.System].Description.Entities, (connection, entity) => (Connection: connection, Entity: entity))
            .ToList();
        var now = clock.GetUtcNow();
        var entities = await database.Rows(
            $"""
            SELECT wanted.place, coalesce(cursor.held, 0), cursor.fresh_at, {ScheduleRow.Columns}, {RunRow.Columns("run")}
            FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS wanted (connection_id, entity, place)
            LEFT JOIN xtnd.cursor cursor
                ON cursor.tenant_id = $1 AND cursor.connection_id = wanted.connection_id AND cursor.entity = wanted.entity
            LEFT JOIN xtnd.schedule schedule
                ON schedule.tenant_id = $1 AND schedule.connection_id = wanted.connection_id AND schedule.entity = wanted.entity
            LEFT JOIN LATERAL (
                SELECT * FROM xtnd.run newest
                WHERE newest.tenant_id = $1 AND newest.connection_id = wanted.connection_id AND newest.entity = wanted.entity
                ORDER BY newest.id DESC LIMIT 1) run ON true
            ORDER BY wanted.place
            """,
            [
                new() { Value = tenant },
                new() { Value = wanted.Select(pair => Guid.ParseExact(pair.Connection.Id, "N")).ToArray() },
                new() { Value = wanted.Select(pair => pair.Entity.Entity).ToArray() },
            ],
            row => Read(row, wanted[(int)row.GetInt64(0) - 1], now),
            cancellationToken);
        var byConnection = entities.ToLookup(entity => entity.Connection, entity => entity.View, StringComparer.Ordinal);
        return [.. connections.Select(connection => connection with { Entities = [.. byConnection[connection.Id]] })];
    }

    static (string Connection, ConnectionEntityView View) Read(NpgsqlDataReader row, (ConnectionView Connection, SystemEntity Entity) wanted, DateTimeOffset now)
    {
        const int Schedule = 3;
        const int Run = Schedule + ScheduleRow.Width;
        var (connection, entity) = wanted;
        return (connection.Id, new(
            entity.Entity,
            row.GetInt64(1),
            row.Nullable<DateTimeOffset>(2),
            ScheduleRow.Read(row, Schedule, entity, connection.CreatedAt, connection.TimeZone).Summary,
            row.IsDBNull(Run) ? null : RunRow.Read(row, Run, now)));
    }
}
