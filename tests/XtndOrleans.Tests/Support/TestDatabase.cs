using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Tests.Support;

/// <summary>A freshly migrated database of its own, on the one PostgreSQL of this test process, which is removed when the process ends.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    static readonly Lazy<Task<Server>> Shared = new(() => Server.Start());
    static int count;

    readonly Server server;
    readonly string name;

    TestDatabase(Server server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = server.ConnectionString(name);
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public NpgsqlDataSource DataSource { get; }

    public string ConnectionString { get; }

    /// <summary>Makes one; a copy of a template, so it takes a tenth of a second.</summary>
    public static async Task<TestDatabase> Create(bool migrated = true)
    {
        var server = await Shared.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref count)}");
        await server.Execute($"CREATE DATABASE {name} TEMPLATE {(migrated ? Server.Template : "template0")}");
        return new(server, name);
    }

    /// <summary>Runs a statement; returns the first value of its first row.</summary>
    public async Task<object?> Scalar(string sql, params object[] values)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await server.Execute($"DROP DATABASE {name} WITH (FORCE)");
    }

    sealed class Server
    {
        public const string Template = "template_xtnd";

        readonly EmbeddedPostgres postgres;
        readonly NpgsqlDataSource admin;

        Server(EmbeddedPostgres postgres)
        {
            this.postgres = postgres;
            // A copy is a thousand files, and several are made at once.
            admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { CommandTimeout = 300 });
        }

        public static async Task<Server> Start()
        {
            var folder = Path.Combine(Path.GetTempPath(), $"xtnd-test-{Environment.ProcessId}-{Guid.NewGuid():N}");
            var postgres = await EmbeddedPostgres.Start(
                new()
                {
                    Folder = folder,
                    // Nothing here outlives the process, so nothing waits for a disk.
                    Settings = new Dictionary<string, string> { ["fsync"] = "off", ["synchronous_commit"] = "off", ["full_page_writes"] = "off", ["max_connections"] = "400" },
                },
                NullLogger.Instance, TimeProvider.System, CancellationToken.None);
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                postgres.DisposeAsync().AsTask().Wait();
                Directory.Delete(folder, recursive: true);
            };
            var server = new Server(postgres);
            await server.Execute($"CREATE DATABASE {Template}");
            await using var template = NpgsqlDataSource.Create(server.ConnectionString(Template, pooled: false));
            await Migrator.Apply(template, NullLogger.Instance, CancellationToken.None);
            return server;
        }

        public string ConnectionString(string database, bool pooled = true) =>
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = database, Pooling = pooled, MaxPoolSize = 30 }.ConnectionString;

        public async Task Execute(string sql)
        {
            await using var command = admin.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
