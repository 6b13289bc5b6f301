using Npgsql;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Engine.Syncs;

/// <summary>What a run that reckons asks and notes.</summary>
internal sealed partial class RunStore
{
    /// <summary>Notes how many held records a full read did not see; once, because fewer are found after a crash.</summary>
    public async Task NoteMissing(EntityId id, Guid run, long epoch, long missing)
    {
        await using var command = Command(
            """
            WITH mine AS (SELECT entity FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND epoch = $5 AND run_id = $4 FOR NO KEY UPDATE)
            UPDATE xtnd.run SET missing = coalesce(missing, $6) FROM mine WHERE tenant_id = $1 AND connection_id = $2 AND id = $4
            """,
            id, run, epoch, missing);
        if (await command.ExecuteNonQueryAsync() == 0)
        {
            throw new FencedException(id);
        }
    }

    /// <summary>How often the entity is swept, if a person chose, and in which zone.</summary>
    public async Task<(string? Rhythm, string Zone)> Sweeps(EntityId id)
    {
        await using var command = Command(
            $"""
            SELECT s.sweep, {ConnectionRow.Zone} FROM xtnd.connection connection
            LEFT JOIN xtnd.schedule s ON s.tenant_id = connection.tenant_id AND s.connection_id = connection.id AND s.entity = $3
            WHERE connection.tenant_id = $1 AND connection.id = $2
            """,
            id);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.Text(0), reader.GetString(1)) : (null, "UTC");
    }

    /// <summary>Records held of an entity.</summary>
    public async Task<long> Held(EntityId id)
    {
        await using var command = Command("SELECT coalesce(max(held), 0) FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", id);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The last comparison with the store's count: when, its state and its difference. Null: never.</summary>
    public async Task<LedgerEntry?> LastCheck(EntityId id)
    {
        await using var command = Command(
            "SELECT checked_at, state, store_total - held FROM xtnd.completeness WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", id);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Entry(reader) : null;
    }

    /// <summary>When the next sweep is due; null: not known, or never.</summary>
    public async Task<DateTimeOffset?> SweepDueAt(EntityId id)
    {
        await using var command = Command("SELECT sweep_due_at FROM xtnd.cursor WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3", id);
        return await command.ExecuteScalarAsync() is DateTime at ? new(at, TimeSpan.Zero) : null;
    }

    static LedgerEntry Entry(NpgsqlDataReader row) => new(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetInt64(2));
}

/// <summary>A comparison that was made.</summary>
internal sealed record LedgerEntry(DateTimeOffset CheckedAt, string State, long Difference);
