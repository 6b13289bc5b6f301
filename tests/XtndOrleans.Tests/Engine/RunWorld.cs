using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Engine.Syncs;
using XtndOrleans.Tests.Server;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Engine;

/// <summary>A database with one verified connection, and the stores that runs are made of.</summary>
internal sealed class RunWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    public static readonly SyncOptions Options = new();

    RunWorld(TestDatabase database)
    {
        Database = database;
        Runs = new(database.DataSource, TimeProvider.System);
        Records = new(database.DataSource);
        Connection = new(Guid.NewGuid(), Guid.NewGuid());
    }

    public TestDatabase Database { get; }

    public RunStore Runs { get; }

    public RecordStore Records { get; }

    public ConnectionId Connection { get; }

    public EntityId Products => new(Connection, Entities.Product);

    public static async Task<RunWorld> Start()
    {
        var world = new RunWorld(await TestDatabase.Create());
        await world.Database.Scalar("INSERT INTO xtnd.tenant VALUES ($1, 'T', now())", world.Connection.Tenant);
        await world.Database.Scalar(
            """
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, verified_at, created_at, updated_at)
            VALUES ($1, $2, 'magento', 'C', 'http://shop.example', 'http://shop.example/', 'u', '', 'verified', now(), now(), now())
            """,
            world.Connection.Tenant, world.Connection.Connection);
        return world;
    }

    public async Task<Guid> Begin() => (await Runs.Begin(Products, new("manual"), Now))!.Value.Id;

    public Task<CursorPosition?> TakeOver(Guid run) => Runs.TakeOver(Products, run, Options, Now);

    public Task<PageCommitted> Commit(Guid run, long epoch, bool last, params IReadOnlyList<StoreRecord> records) =>
        Records.Commit(PageOf(run, epoch, last, records), CancellationToken.None);

    /// <summary>The page is written, its transaction is not: it commits when the test says so.</summary>
    public async Task<NpgsqlTransaction> CommitHeldOpen(Guid run, long epoch, bool last, params IReadOnlyList<StoreRecord> records)
    {
        var commit = PageOf(run, epoch, last, records);
        var connection = await Database.DataSource.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { RecordStore.FenceOf(commit), RecordStore.WriteOf(commit, PageStatement.Of(RecordTable.Of(Entities.Product))) },
        };
        await batch.ExecuteNonQueryAsync();
        return transaction;
    }

    /// <summary>A statement whose transaction is open until the test ends it. $1 tenant, $2 connection, $3 what the test gives.</summary>
    public async Task<NpgsqlTransaction> HeldOpen(string sql, object value)
    {
        var connection = await Database.DataSource.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction)
        {
            Parameters = { new() { Value = Connection.Tenant }, new() { Value = Connection.Connection }, new() { Value = value } },
        };
        await command.ExecuteNonQueryAsync();
        return transaction;
    }

    /// <summary>Comes back when somebody waits for a lock.</summary>
    public Task SomebodyWaits() => Until.True(async () =>
        (long)(await Database.Scalar("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"))! > 0);

    /// <summary>The columns of the query's first row, joined by spaces; a missing value is a dash.</summary>
    public async Task<string> Row(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)))
            : "";
    }

    public static StoreRecord Product(int id, string name = "Thing", DateTimeOffset? changedAt = null) =>
        Product(id, new ProductFields { Sku = $"SKU-{id}", Name = name }, $$"""{"id":{{id}},"name":"{{name}}"}""", changedAt);

    public static StoreRecord Product(int id, ProductFields fields, string json, DateTimeOffset? changedAt = null)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return new()
        {
            ExternalId = id.ToString(CultureInfo.InvariantCulture),
            SourceUpdatedAt = changedAt ?? Now,
            Fields = fields,
            Hash = XxHash128.HashToUInt128(body),
            Body = body,
        };
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    PageCommit PageOf(Guid run, long epoch, bool last, IReadOnlyList<StoreRecord> records) =>
        new(Products, run, epoch, new Page(records, null) { Bytes = 100 }, records.Count == 0 ? null : records[^1].ExternalId, last, 1, 0, null, Now);
}
