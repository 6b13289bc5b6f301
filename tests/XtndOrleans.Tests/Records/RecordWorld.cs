using System.Globalization;
using System.IO.Hashing;
using System.Text;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Records;

/// <summary>A database with one connection whose product run is under way, and the pages that a store might give.</summary>
internal sealed class RecordWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    int runs;

    RecordWorld(TestDatabase database)
    {
        Database = database;
        Store = new(database.DataSource);
        Queries = new(database.DataSource);
    }

    public TestDatabase Database { get; }

    public RecordStore Store { get; }

    public RecordQueries Queries { get; }

    public EntityId Products { get; private set; }

    public EntityId Orders => new(Products.Connection, "order");

    public Guid Run { get; private set; }

    public static async Task<RecordWorld> Start()
    {
        var world = new RecordWorld(await TestDatabase.Create());
        (world.Products, world.Run) = await world.Begin(Guid.NewGuid());
        return world;
    }

    /// <summary>A connection of the tenant with a run under way, epoch 1.</summary>
    public async Task<(EntityId Products, Guid Run)> Begin(Guid tenant, string entity = "product")
    {
        var id = new EntityId(new(tenant, Guid.NewGuid()), entity);
        await Database.Scalar("INSERT INTO xtnd.tenant VALUES ($1, 'T', now()) ON CONFLICT DO NOTHING", tenant);
        await Database.Scalar("""
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, created_at, updated_at)
            VALUES ($1, $2, 'magento', 'C', '', '', '', '', 'verified', now(), now())
            """, tenant, id.Connection.Connection);
        return (id, await BeginRun(id));
    }

    /// <summary>A further run of the entity; takes a new epoch, as the loop of a run does. Begins a second after the one before, because runs are told apart by time: two ids
    /// of one millisecond come in no order.</summary>
    public async Task<Guid> BeginRun(EntityId id)
    {
        var run = Guid.CreateVersion7(Now.AddSeconds(runs++));
        await Database.Scalar("""
            WITH r AS (INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at)
                       VALUES ($1, $2, $4, $3, 'full', 'manual', 'running', $5, $5))
            INSERT INTO xtnd.cursor AS c (tenant_id, connection_id, entity, epoch, run_id, next_watermark) VALUES ($1, $2, $3, 1, $4, $5)
            ON CONFLICT (tenant_id, connection_id, entity) DO UPDATE SET epoch = c.epoch + 1, run_id = $4, next_watermark = $5
            """, id.Connection.Tenant, id.Connection.Connection, id.Entity, run, Now.UtcDateTime);
        return run;
    }

    public Task<PageCommitted> Commit(params StoreRecord[] records) => Commit(Products, Run, 1, records);

    public Task<PageCommitted> Commit(EntityId id, Guid run, long epoch, params IReadOnlyList<StoreRecord> records) =>
        Commit(id, run, epoch, last: false, Now, records);

    public async Task<PageCommitted> Commit(EntityId id, Guid run, long epoch, bool last, DateTimeOffset now, params IReadOnlyList<StoreRecord> records)
    {
        using var page = new Page(records, null) { Bytes = 1000 };
        return await Store.Commit(
            new(id, run, epoch, page, records.Count == 0 ? null : records[^1].ExternalId, last, 2, 1, 100, now), TestContext.Current.CancellationToken);
    }

    public static StoreRecord Product(int id, string name = "Thing", decimal? price = 12.50m) => Record(
        id,
        new ProductFields { Sku = $"SKU-{id}", Name = name, Type = "simple", Status = "enabled", Price = price, Currency = "SEK", Quantity = 3.0000m },
        $$"""{"id":{{id}},"sku":"SKU-{{id}}","name":"{{name}}","price":{{price?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}""");

    public static StoreRecord Order(int id, params OrderLine[] lines) => Record(
        id,
        new OrderFields
        {
            Number = $"1{id:00000000}",
            State = "new",
            Status = "pending",
            Currency = "SEK",
            GrandTotal = 99.9900m,
            CustomerEmail = $"ann{id}@example.com",
            CustomerName = $"Ann Öst {id}",
            PlacedAt = Now.AddHours(-1),
            Lines = lines,
        },
        $$"""{"entity_id":{{id}},"increment_id":"1{{id:00000000}}"}""");

    public static StoreRecord Record(int id, RecordFields fields, string body) => Record(id, fields, Encoding.UTF8.GetBytes(body));

    public static StoreRecord Record(int id, RecordFields fields, byte[] body) => new()
    {
        ExternalId = id.ToString(CultureInfo.InvariantCulture),
        SourceCreatedAt = Now.AddDays(-2),
        SourceUpdatedAt = Now.AddDays(-1),
        Fields = fields,
        Hash = XxHash128.HashToUInt128(body),
        Body = body,
    };

    /// <summary>The first column of each row, joined by commas.</summary>
    public async Task<string> Column(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return string.Join(',', values);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
