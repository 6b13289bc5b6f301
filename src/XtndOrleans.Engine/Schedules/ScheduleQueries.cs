using System.Globalization;
using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Schedules;

/// <summary>Schedules and their slots, read from SQL.</summary>
public sealed class ScheduleQueries(NpgsqlDataSource database, ConnectorCatalog catalog, TimeProvider clock)
{
    const int RunsAhead = 10;
    const string SlotCursor = "yyyyMMdd'T'HHmmss.ffffff'Z'";

    /// <summary>The schedules of all entities that the connection's system can give, in its order. None: no such connection.</summary>
    public async Task<IReadOnlyList<ScheduleView>> List(ConnectionId connection, CancellationToken cancellationToken) =>
        await Read(connection, null, cancellationToken);

    /// <summary>The schedule of one entity, or null when there is no such connection or entity.</summary>
    public async Task<ScheduleView?> Find(EntityId entity, CancellationToken cancellationToken)
    {
        var found = await Read(entity.Connection, entity.Entity, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>What became of each due slot, newest first.</summary>
    public async Task<ListPage<SlotView>> Slots(EntityId entity, ListRequest request, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            """
            SELECT due_at, outcome, run_id, delay_seconds FROM xtnd.slot
            WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND ($4::timestamptz IS NULL OR due_at < $4)
            ORDER BY due_at DESC LIMIT $5
            """,
            [
                new() { Value = entity.Connection.Tenant }, new() { Value = entity.Connection.Connection }, new() { Value = entity.Entity },
                Sql.Optional(Before(request.Cursor)), new() { Value = request.Limit + 1 },
            ],
            Slot,
            cancellationToken);
        return request.Page(found, slot => slot.DueAt.ToString(SlotCursor, CultureInfo.InvariantCulture));
    }

    /// <summary>What became of the last due slots of each of these entities, newest first.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="entities">Which entities.</param>
    /// <param name="count">How many of each at most.</param>
    /// <param name="cancellationToken">Ends the question early.</param>
    public async Task<ILookup<string, SlotView>> LatestSlots(ConnectionId connection, IEnumerable<string> entities, int count, CancellationToken cancellationToken)
    {
        var found = await database.Rows(
            """
            SELECT slot.due_at, slot.outcome, slot.run_id, slot.delay_seconds, wanted.entity FROM unnest($3::text[]) AS wanted (entity)
            CROSS JOIN LATERAL (
                SELECT * FROM xtnd.slot newest
                WHERE newest.tenant_id = $1 AND newest.connection_id = $2 AND newest.entity = wanted.entity
                ORDER BY newest.due_at DESC LIMIT $4) slot
            ORDER BY slot.due_at DESC
            """,
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }, new() { Value = entities.ToArray() }, new() { Value = count }],
            row => (Entity: row.GetString(4), Slot: Slot(row)),
            cancellationToken);
        return found.ToLookup(one => one.Entity, one => one.Slot, StringComparer.Ordinal);
    }

    static SlotView Slot(NpgsqlDataReader row) =>
        new(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.Nullable<Guid>(2)?.ToString("N"), row.GetInt32(3));

    static DateTimeOffset? Before(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(cursor, SlotCursor, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw ListRequest.BadCursor();
    }

    async Task<List<ScheduleView>> Read(ConnectionId connection, string? only, CancellationToken cancellationToken)
    {
        var rows = await database.Rows(
            $"""
            SELECT connection.system, connection.created_at, {ConnectionRow.Zone}, wanted.entity, {ScheduleRow.Columns},
                schedule.sweep, cursor.sweep_due_at
            FROM xtnd.connection connection
            JOIN unnest($3::text[], $4::text[]) AS wanted (system, entity) ON wanted.system = connection.system
            LEFT JOIN xtnd.schedule schedule
                ON schedule.tenant_id = connection.tenant_id AND schedule.connection_id = connection.id AND schedule.entity = wanted.entity
            LEFT JOIN xtnd.cursor cursor
                ON cursor.tenant_id = connection.tenant_id AND cursor.connection_id = connection.id AND cursor.entity = wanted.entity
            WHERE connection.tenant_id = $1 AND connection.id = $2 AND connection.deleting_since IS NULL
            """,
            [new() { Value = connection.Tenant }, new() { Value = connection.Connection }, .. Wanted(only)],
            row => View(row),
            cancellationToken);
        return rows;
    }

    NpgsqlParameter[] Wanted(string? only)
    {
        var wanted = catalog.Systems.SelectMany(system => system.Entities, (system, entity) => (system.System, entity.Entity))
            .Where(pair => only is null || pair.Entity == only)
            .ToList();
        return [new() { Value = wanted.Select(pair => pair.System).ToArray() }, new() { Value = wanted.Select(pair => pair.Entity).ToArray() }];
    }

    ScheduleView View(NpgsqlDataReader row)
    {
        var entity = catalog[row.GetString(0)].Description.Entities.First(e => e.Entity == row.GetString(3));
        var (found, version) = ScheduleRow.Read(row, 4, entity, row.GetFieldValue<DateTimeOffset>(1), row.GetString(2));
        var schedule = new Schedule(found.Frequency, found.StartDate, found.TimeOfDay, found.TimeZone);
        var runs = found.Active && ScheduleRules.TryReadZone(found.TimeZone, out _, out _) ? ScheduleRules.NextRuns(schedule, clock.GetUtcNow(), RunsAhead) : [];
        return new(entity.Entity, found.Frequency, found.Active, found.StartDate, found.TimeOfDay, found.TimeZone, found.NextRunAt, runs)
        {
            Version = version,
            Sweep = row.Text(4 + ScheduleRow.Width) ?? entity.DefaultSweep,
            NextSweepAt = found.Active ? row.Nullable<DateTimeOffset>(5 + ScheduleRow.Width) : null,
        };
    }
}
