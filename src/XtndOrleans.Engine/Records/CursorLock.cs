namespace XtndOrleans.Engine.Records;

/// <summary>The right to change what belongs to an entity's run or records outside the run's loop: its cursor's row, as the loop's fence takes it.</summary>
internal static class CursorLock
{
    /// <summary>
    /// A statement of its own: the next one has a snapshot of what a commit under way, which this one waited for, has done. An entity that no loop has read yet
    /// has no cursor; one is made, so that there is something to hold. The cursor's row is locked before the run's, everywhere: two orders would be a deadlock.
    /// $1 tenant, $2 connection, $3 entity.
    /// </summary>
    public const string Take = """
        INSERT INTO xtnd.cursor (tenant_id, connection_id, entity)
        SELECT tenant_id, id, $3::text FROM xtnd.connection WHERE tenant_id = $1 AND id = $2
        ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE SET run_id = cursor.run_id
        """;

    /// <summary>Whether what is written is still wanted: a connection that is being erased must not get records anew.</summary>
    public const string ConnectionIsThere =
        "EXISTS (SELECT FROM xtnd.connection n WHERE n.tenant_id = $1 AND n.id = $2 AND n.deleting_since IS NULL)";

    /// <summary>For the rest of the transaction: rows are looked up by key, even when a table without statistics looks small enough to scan.</summary>
    public const string LooksUpByKey = "SELECT set_config('enable_seqscan', 'off', true)";
}
