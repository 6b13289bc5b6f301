using System.Globalization;
using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Reads what is known of records beside their content: whether they are complete, what was set aside, what became of them.</summary>
public sealed class LedgerQueries(NpgsqlDataSource database)
{
    /// <summary>The last comparison of each of these entities with the store, in their order.</summary>
    public async Task<IReadOnlyList<CompletenessView>> Completeness(ConnectionId connection, IEnumerable<string> entities, CancellationToken cancellationToken) =>
        await database.Rows(
            """
            SELECT e.entity, coalesce(l.held, c.held, 0), l.store_total, l.checked_at, l.up_to_id, coalesce(l.state, 'unchecked'), l.note, coalesce(l.quarantined, 0)
            FROM unnest($3::text[]) WITH ORDINALITY AS e(entity, position)
            LEFT JOIN xtnd.cursor c ON c.tenant_id = $1 AND c.connection_id = $2 AND c.entity = e.entity
            LEFT JOIN xtnd.completeness l ON l.tenant_id = $1 AND l.connection_id = $2 AND l.entity = e.entity
            ORDER BY e.position
            """,
            [.. Scope(connection), new() { Value = entities.ToArray() }],
            row => new CompletenessView(
                row.GetString(0), row.GetInt64(1), row.Nullable<long>(2), row.Nullable<long>(2) - row.GetInt64(1), row.Nullable<DateTimeOffset>(3),
                row.IsDBNull(3) ? null : new(row.Text(4)), row.GetString(5), row.Text(6))
            { Quarantined = row.GetInt64(7) },
            cancellationToken);

    /// <summary>How many records of each entity are set aside now; an entity without any is not among them.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OpenQuarantine(ConnectionId connection, CancellationToken cancellationToken) => (await database.Rows(
        "SELECT entity, count(*) FROM xtnd.quarantine WHERE tenant_id = $1 AND connection_id = $2 AND resolved_at IS NULL GROUP BY entity",
        Scope(connection), row => (Entity: row.GetString(0), Count: row.GetInt64(1)), cancellationToken)).ToDictionary(found => found.Entity, found => found.Count, StringComparer.Ordinal);

    /// <summary>What was set aside, by entity and external id.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="entity">Only this entity's; null for all.</param>
    /// <param name="open">Only those that are open, or that are resolved; null for both.</param>
    /// <param name="request">Which part.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ListPage<QuarantineView>> Quarantine(
        ConnectionId connection, string? entity, bool? open, ListRequest request, CancellationToken cancellationToken)
    {
        var after = request.Cursor is null ? ["", ""] : RecordCursor.Read(request.Cursor).Split(Between, 2);
        var found = await database.Rows(
            $"""
            SELECT {QuarantineView.Columns} FROM xtnd.quarantine
            WHERE tenant_id = $1 AND connection_id = $2 AND (entity, external_id) > ($3, $4)
              AND ($5::text IS NULL OR entity = $5) AND ($6::boolean IS NULL OR (resolved_at IS NULL) = $6)
            ORDER BY entity, external_id LIMIT $7
            """,
            [
                .. Scope(connection), new() { Value = after[0] }, new() { Value = after[^1] }, Sql.Optional(entity),
                new NpgsqlParameter<bool?> { TypedValue = open, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean }, new() { Value = request.Limit + 1 },
            ],
            QuarantineView.Read, cancellationToken);
        return request.Page(found, last => RecordCursor.Of(last.Entity + Between + last.ExternalId));
    }

    /// <summary>Which of these records of an entity are held, tombstones included.</summary>
    public async Task<IReadOnlySet<string>> Held(EntityId id, IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken) =>
        (await database.Rows(
            $"SELECT external_id FROM {RecordTable.Of(id.Entity).Name} WHERE tenant_id = $1 AND connection_id = $2 AND external_id = ANY($3)",
            [.. Scope(id.Connection), new() { Value = externalIds.ToArray() }], row => row.GetString(0), cancellationToken)).ToHashSet(StringComparer.Ordinal);

    /// <summary>What became of a record, newest first; null when it was never held. A history is kept for as long as Xtnd:Retention:History says.</summary>
    public async Task<RecordHistory?> History(EntityId id, string externalId, ListRequest request, CancellationToken cancellationToken)
    {
        var storable = StorableText.Of(externalId)!;
        var seen = await database.Rows(
            $"SELECT first_seen_at FROM {RecordTable.Of(id.Entity).Name} WHERE tenant_id = $1 AND connection_id = $2 AND external_id = $3",
            [.. Scope(id.Connection), new() { Value = storable }], row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        if (seen.Count == 0)
        {
            return null;
        }

        var found = await database.Rows(
            """
            SELECT seq, op, changed_at, run_id, fields FROM xtnd.record_history
            WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 AND external_id = $4 AND seq < $5 ORDER BY seq DESC LIMIT $6
            """,
            [.. Scope(id.Connection), new() { Value = id.Entity }, new() { Value = storable }, new() { Value = Before(request) }, new() { Value = request.Limit + 1 }],
            row => new HistoryItem(
                row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.Nullable<Guid>(3)?.ToString("N"), row.GetFieldValue<string[]>(4)),
            cancellationToken);
        var page = request.Page(found, last => last.Seq.ToString(CultureInfo.InvariantCulture));
        return new(seen[0], page.Items, page.Next);
    }

    /// <summary>Where the last fifty runs of an entity left the cursor, newest first.</summary>
    public async Task<IReadOnlyList<CursorView>> Cursors(EntityId id, CancellationToken cancellationToken) => await database.Rows(
        """
        SELECT run_id, mode, watermark, closed_at FROM xtnd.cursor_log WHERE tenant_id = $1 AND connection_id = $2 AND entity = $3 ORDER BY run_id DESC LIMIT 50
        """,
        [.. Scope(id.Connection), new() { Value = id.Entity }],
        row => new CursorView(row.GetGuid(0).ToString("N"), row.GetString(1), row.Nullable<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3)),
        cancellationToken);

    /// <summary>No entity has it in its name.</summary>
    const char Between = '/';

    static NpgsqlParameter[] Scope(ConnectionId connection) => [new() { Value = connection.Tenant }, new() { Value = connection.Connection }];

    static long Before(ListRequest request) => request.Cursor is null ? long.MaxValue
        : long.TryParse(request.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq
        : throw ListRequest.BadCursor();
}
