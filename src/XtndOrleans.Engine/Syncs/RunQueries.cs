using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Syncs;

/// <summary>Runs, read from SQL.</summary>
public sealed class RunQueries(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>One run of a connection, or null.</summary>
    public async Task<RunView?> Find(ConnectionId connection, Guid run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await database.Rows(
            $"SELECT {RunRow.Columns("run")} FROM xtnd.run run WHERE run.tenant_id = $1 AND run.connection_id = $2 AND run.id = $3",
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }, new() { Value = run }],
            row => RunRow.Read(row, 0, now),
            cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The runs that are queued or running: one per entity at most.</summary>
    public async Task<IReadOnlyList<RunView>> Active(ConnectionId connection, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await database.Rows(
            $"""
            SELECT {RunRow.Columns("run")} FROM xtnd.run run
            WHERE run.tenant_id = $1 AND run.connection_id = $2 AND run.state IN ('queued', 'running')
            """,
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }],
            row => RunRow.Read(row, 0, now),
            cancellationToken);
    }

    /// <summary>The newest run of an entity, whatever its state, or null.</summary>
    public async Task<RunView?> Newest(EntityId entity, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await database.Rows(
            $"""
            SELECT {RunRow.Columns("run")} FROM xtnd.run run
            WHERE run.tenant_id = $1 AND run.connection_id = $2 AND run.entity = $3 ORDER BY run.id DESC LIMIT 1
            """,
            [new() { Value = entity.Connection.Tenant }, new() { Value = entity.Connection.Connection }, new() { Value = entity.Entity }],
            row => RunRow.Read(row, 0, now),
            cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The ids of the runs of an entity just before and just after one of them; null where there is none.</summary>
    public async Task<(string? Before, string? After)> Beside(EntityId entity, Guid run, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            """
            SELECT
                (SELECT r.id FROM xtnd.run r WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.entity = $3 AND r.id < $4 ORDER BY r.id DESC LIMIT 1),
                (SELECT r.id FROM xtnd.run r WHERE r.tenant_id = $1 AND r.connection_id = $2 AND r.entity = $3 AND r.id > $4 ORDER BY r.id LIMIT 1)
            """,
            [
                new() { Value = entity.Connection.Tenant }, new() { Value = entity.Connection.Connection }, new() { Value = entity.Entity }, new() { Value = run },
            ],
            row => (row.Nullable<Guid>(0)?.ToString("N"), row.Nullable<Guid>(1)?.ToString("N")),
            cancellationToken);
        return found[0];
    }

    /// <summary>A connection's runs, newest first.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="entity">Only this entity's; null for all.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="request">Which part.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<ListPage<RunView>> List(
        ConnectionId connection, string? entity, string? state, ListRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await database.Rows(
            $"""
            SELECT {RunRow.Columns("run")} FROM xtnd.run run
            WHERE run.tenant_id = $1 AND run.connection_id = $2
              AND ($3::text IS NULL OR run.entity = $3) AND ($4::text IS NULL OR run.state = $4) AND ($5::uuid IS NULL OR run.id < $5)
            ORDER BY run.id DESC LIMIT $6
            """,
            [
                new() { Value = connection.Tenant }, new() { Value = connection.Connection }, Sql.Optional(entity), Sql.Optional(state),
                Sql.Optional(request.AfterId()), new() { Value = request.Limit + 1 },
            ],
            row => RunRow.Read(row, 0, now),
            cancellationToken);
        return request.Page(found, run => run.Id);
    }

    /// <summary>The last runs of each of these entities, newest first.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="entities">Which entities.</param>
    /// <param name="count">How many of each at most.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<ILookup<string, RunView>> Latest(ConnectionId connection, IEnumerable<string> entities, int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await database.Rows(
            $"""
            SELECT {RunRow.Columns("run")} FROM unnest($3::text[]) AS wanted (entity)
            CROSS JOIN LATERAL (
                SELECT * FROM xtnd.run newest
                WHERE newest.tenant_id = $1 AND newest.connection_id = $2 AND newest.entity = wanted.entity
                ORDER BY newest.id DESC LIMIT $4) run
            ORDER BY run.id DESC
            """,
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }, new() { Value = entities.ToArray() }, new() { Value = count }],
            row => RunRow.Read(row, 0, now),
            cancellationToken);
        return found.ToLookup(run => run.Entity, StringComparer.Ordinal);
    }
}
