using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Schedules;

/// <summary>All SQL that writes schedules and slots. Only the entity's schedule grain calls it.</summary>
internal sealed class ScheduleStore(NpgsqlDataSource database)
{
    /// <summary>The schedule and the connection it belongs to; null when the connection is gone.</summary>
    public async Task<StoredSchedule?> Find(EntityId id)
    {
        await using var command = Command(
            $"""
            SELECT connection.created_at, {ConnectionRow.Zone}, connection.system, s.frequency, s.active, s.start_date, s.time_of_day, s.time_zone, s.armed_zone, s.next_due_at, s.version, s.sweep
            FROM xtnd.connection connection LEFT JOIN xtnd.schedule s ON s.tenant_id = connection.tenant_id AND s.connection_id = connection.id AND s.entity = $3
            WHERE connection.tenant_id = $1 AND connection.id = $2 AND connection.deleting_since IS NULL
            """,
            id);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(reader) : null;
    }

    public async Task Save(EntityId id, StoredSchedule row)
    {
        await using var command = Command(
            """
            INSERT INTO xtnd.schedule (tenant_id, connection_id, entity, frequency, active, start_date, time_of_day, time_zone, armed_zone, next_due_at, version, sweep)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE SET
                frequency = excluded.frequency, active = excluded.active, start_date = excluded.start_date, time_of_day = excluded.time_of_day,
                time_zone = excluded.time_zone, armed_zone = excluded.armed_zone, next_due_at = excluded.next_due_at, version = excluded.version,
                sweep = excluded.sweep
            """,
            id, FrequencyText(row.Frequency!.Value), row.Active, row.StartDate!.Value, row.TimeOfDay!.Value, Sql.Optional(row.OwnZone), Sql.Optional(row.ArmedZone), Sql.Optional(row.NextDueAt), row.Version,
            Sql.Optional(row.Sweep));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Notes when the next sweep is due; null for never. An entity that was never read whole has none: its first run reads it so.</summary>
    public async Task SetSweep(EntityId id, DateTimeOffset? dueAt)
    {
        await using var command = Command(
            "UPDATE xtnd.cursor SET sweep_due_at = $4 WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND watermark IS NOT NULL",
            id, Sql.Optional(dueAt));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes what became of due slots and when the next is due, together. A slot that was decided before stays as it was.</summary>
    public async Task Decide(EntityId id, IReadOnlyList<DecidedSlot> slots, DateTimeOffset nextDueAt, string zone)
    {
        await using var command = Command(
            """
            WITH decided AS (
                INSERT INTO xtnd.slot (tenant_id, connection_id, entity, due_at, outcome, run_id, delay_seconds)
                SELECT $1, $2, $3, d.* FROM unnest($4::timestamptz[], $5::text[], $6::uuid[], $7::integer[]) d
                ON CONFLICT DO NOTHING
            )
            UPDATE xtnd.schedule SET next_due_at = $8, armed_zone = $9
            WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND next_due_at IS NOT NULL
            """,
            id,
            slots.Select(slot => slot.DueAt.UtcDateTime).ToArray(),
            slots.Select(slot => slot.Outcome).ToArray(),
            new NpgsqlParameter { Value = slots.Select(slot => slot.RunId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            slots.Select(slot => slot.DelaySeconds).ToArray(),
            nextDueAt, zone);
        await command.ExecuteNonQueryAsync();
    }

    NpgsqlCommand Command(string sql, EntityId id, params object[] values)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Fill(id, values);
        return command;
    }

    static StoredSchedule Read(NpgsqlDataReader row) => new(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2))
    {
        Frequency = row.IsDBNull(3) ? null : Enum.Parse<Frequency>(row.GetString(3), ignoreCase: true),
        Active = !row.IsDBNull(4) && row.GetBoolean(4),
        StartDate = row.Nullable<DateOnly>(5),
        TimeOfDay = row.Nullable<TimeOnly>(6),
        OwnZone = row.Text(7),
        ArmedZone = row.Text(8),
        NextDueAt = row.Nullable<DateTimeOffset>(9),
        Version = row.IsDBNull(10) ? 0 : row.GetInt64(10),
        Sweep = row.Text(11),
    };

    static string FrequencyText(Frequency frequency) => frequency.ToString().ToLowerInvariant();
}

/// <summary>A schedule as stored, with what it takes from its connection. Without frequency it was never set.</summary>
internal sealed record StoredSchedule(DateTimeOffset ConnectionCreatedAt, string ConnectionZone, string System)
{
    public Frequency? Frequency { get; init; }
    public bool Active { get; init; }
    public DateOnly? StartDate { get; init; }
    public TimeOnly? TimeOfDay { get; init; }
    public string? OwnZone { get; init; }
    public string? ArmedZone { get; init; }
    public DateTimeOffset? NextDueAt { get; init; }
    public long Version { get; init; }

    /// <summary>How often the whole entity is read; null: as the system says.</summary>
    public string? Sweep { get; init; }

    public string Zone => OwnZone ?? ConnectionZone;

    public Schedule Schedule => new(Frequency!.Value, StartDate!.Value, TimeOfDay!.Value, Zone);
}

/// <summary>What became of one due slot.</summary>
internal sealed record DecidedSlot(DateTimeOffset DueAt, string Outcome, Guid? RunId, int DelaySeconds);
