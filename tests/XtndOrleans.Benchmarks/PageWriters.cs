using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Records;

namespace XtndOrleans.Benchmarks;

/// <summary>One way to write a page. Each is one transaction, and nothing is written at all when the fence says no.</summary>
internal delegate Task PageWriter(NpgsqlDataSource database, PageCommit commit);

/// <summary>The ways that were weighed against each other.</summary>
internal static class PageWriters
{
    /// <summary>The number of the first parameter that is an array: the external ids.</summary>
    const int FirstArray = 15;
    const string Cast = "g.body::json,";
    const string Columns = "external_id, hash, body, source_created_at, source_updated_at";

    public static async Task Store(NpgsqlDataSource database, PageCommit commit) => await new RecordStore(database).Commit(commit, CancellationToken.None);

    /// <summary>The store's own statement with the body kept as another type.</summary>
    public static PageWriter BodyAs(string expression) => async (database, commit) =>
    {
        var statement = PageStatement.Of(RecordTable.Of("product"));
        // A first read has no history, and not every type has a way to json.
        var changed = statement.Replace(Cast, expression + ",", StringComparison.Ordinal).Replace("h.body::json", "'{}'::json", StringComparison.Ordinal);
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { RecordStore.FenceOf(commit), RecordStore.WriteOf(commit, changed) } };
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    };

    /// <summary>The floor: the same rows into the same table, durable, and nothing else: no fence, no counters, no comparison.</summary>
    public static async Task Bare(NpgsqlDataSource database, IReadOnlyList<PageCommit> commits)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var commit in commits)
        {
            batch.BatchCommands.Add(BareStatement(commit));
        }

        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    static NpgsqlBatchCommand BareStatement(PageCommit commit)
    {
        var table = RecordTable.Of(commit.Id.Entity);
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        var values = string.Join(", ", table.Columns.Select(c => c.Value));
        var write = RecordStore.WriteOf(commit, "");
        var arrays = string.Join(", ", Enumerable.Range(FirstArray, write.Parameters.Count - FirstArray + 1).Select(n => $"${n}"));
        write.CommandText = $"""
            INSERT INTO {table.Name} (tenant_id, connection_id, first_seen_at, changed_at, seq, {Columns}, {names})
            SELECT $1, $2, $5, $5, g.external_id::bigint, g.external_id, g.hash, g.body::json, g.source_created_at, g.source_updated_at, {values}
            FROM unnest({arrays}) AS g({Columns}, {names})
            ON CONFLICT (tenant_id, connection_id, external_id) DO UPDATE SET body = excluded.body, hash = excluded.hash
            """;
        return write;
    }

    /// <summary>Binary COPY into a temporary table, then the store's statement from there: more round trips, no arrays.</summary>
    public static async Task Copy(NpgsqlDataSource database, PageCommit commit)
    {
        await using var connection = await database.OpenConnectionAsync();
        await Execute(connection, """
            CREATE TEMP TABLE IF NOT EXISTS page (position bigint, external_id text COLLATE "C", hash uuid, body text, source_created_at timestamptz, source_updated_at timestamptz,
                sku text, name text, type text, status text, price numeric, currency text, quantity numeric) ON COMMIT DELETE ROWS
            """);
        await using var transaction = await connection.BeginTransactionAsync();
        await CopyRows(connection, commit.Page.Records);
        var statement = PageStatement.Of(RecordTable.Of("product"));
        var from = statement[statement.IndexOf("unnest(", StringComparison.Ordinal)..statement.IndexOf("CROSS JOIN", StringComparison.Ordinal)];
        var write = RecordStore.WriteOf(commit, statement
            .Replace(from, "page i ", StringComparison.Ordinal)
            .Replace($"cardinality(${FirstArray})", commit.Page.Records.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        while (write.Parameters.Count >= FirstArray)
        {
            write.Parameters.RemoveAt(FirstArray - 1);
        }

        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { RecordStore.FenceOf(commit), write } };
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    [SuppressMessage("Performance", "CA1849", Justification = "The driver buffers; an await per value is not the way anyone would write it.")]
    static async Task CopyRows(NpgsqlConnection connection, IReadOnlyList<StoreRecord> records)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY page FROM STDIN (FORMAT binary)");
        for (var i = 0; i < records.Count; i++)
        {
            var (record, fields) = (records[i], (ProductFields)records[i].Fields);
            copy.StartRow();
            copy.Write((long)i, NpgsqlDbType.Bigint);
            copy.Write(record.ExternalId, NpgsqlDbType.Text);
            copy.Write(RecordStore.AsGuid(record.Hash), NpgsqlDbType.Uuid);
            copy.Write(record.Body, NpgsqlDbType.Text);
            copy.Write(record.SourceCreatedAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
            copy.Write(record.SourceUpdatedAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
            copy.Write(fields.Sku, NpgsqlDbType.Text);
            copy.Write(fields.Name, NpgsqlDbType.Text);
            copy.Write(fields.Type, NpgsqlDbType.Text);
            copy.Write(fields.Status, NpgsqlDbType.Text);
            copy.Write(fields.Price, NpgsqlDbType.Numeric);
            copy.Write(fields.Currency, NpgsqlDbType.Text);
            copy.Write(fields.Quantity, NpgsqlDbType.Numeric);
        }

        await copy.CompleteAsync();
    }

    static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
