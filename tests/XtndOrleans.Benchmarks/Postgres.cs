using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Benchmarks;

/// <summary>The embedded PostgreSQL with the settings that everyone gets, durable; its data is removed at the end.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    readonly string folder;
    readonly EmbeddedPostgres server;
    int databases;

    Postgres(string folder, EmbeddedPostgres server)
    {
        this.folder = folder;
        this.server = server;
    }

    public static async Task<Postgres> Start()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"xtnd-bench-{Environment.ProcessId}");
        return new(folder, await EmbeddedPostgres.Start(new() { Folder = folder }, NullLogger.Instance, TimeProvider.System, CancellationToken.None));
    }

    /// <summary>A freshly migrated database, everything before it on disk.</summary>
    public async Task<BenchmarkDatabase> Create()
    {
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString);
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{++databases}");
        await admin.Execute($"CREATE DATABASE {name}");
        var database = new BenchmarkDatabase(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString);
        await Migrator.Apply(database.Source, NullLogger.Instance, CancellationToken.None);
        await database.Source.Execute("CHECKPOINT");
        return database;
    }

    public async Task Drop(BenchmarkDatabase database)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await database.DisposeAsync();
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString);
        await admin.Execute($"DROP DATABASE {name} WITH (FORCE)");
        await admin.Execute("CHECKPOINT");
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A database, and runs in it that wait for pages.</summary>
internal sealed class BenchmarkDatabase(string connectionString) : IAsyncDisposable
{
    public string ConnectionString => connectionString;

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(connectionString);

    /// <summary>A new connection with a run of an entity under way, epoch 1.</summary>
    public async Task<(EntityId Id, Guid Run)> Begin(string entity)
    {
        var id = new EntityId(new(Guid.NewGuid(), Guid.NewGuid()), entity);
        var run = Guid.CreateVersion7();
        await Source.Execute("INSERT INTO xtnd.tenant VALUES ($1, 'T', now())", id.Connection.Tenant);
        await Source.Execute("""
            INSERT INTO xtnd.connection (tenant_id, id, system, name, api_url, base_address, access_token, sealed_secret, status, created_at, updated_at)
            VALUES ($1, $2, 'magento', 'C', '', '', '', '', 'verified', now(), now())
            """, id.Connection.Tenant, id.Connection.Connection);
        await Source.Execute("""
            WITH r AS (INSERT INTO xtnd.run (tenant_id, connection_id, id, entity, mode, trigger, state, queued_at, started_at)
                       VALUES ($1, $2, $3, $4, 'full', 'manual', 'running', now(), now()))
            INSERT INTO xtnd.cursor (tenant_id, connection_id, entity, epoch, run_id) VALUES ($1, $2, $4, 1, $3)
            """, id.Connection.Tenant, id.Connection.Connection, run, entity);
        return (id, run);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

internal static class DataSourceExtensions
{
    public static async Task<object?> Execute(this NpgsqlDataSource source, string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }
}
