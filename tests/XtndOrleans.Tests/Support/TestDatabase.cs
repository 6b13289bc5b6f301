using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit.Sdk;
using Xunit.v3;
using XtndOrleans.Engine.Database;
using XtndOrleans.Tests.Support;

[assembly: TestPipelineStartup(typeof(TestDatabaseEnd))]

namespace XtndOrleans.Tests.Support;

/// <summary>A freshly migrated database of its own, on the one PostgreSQL of this test process, which is removed after the last test.</summary>
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

    /// <summary>Stops the PostgreSQL, if a test has started it, and removes its files.</summary>
    internal static async ValueTask Stop()
    {
        if (Shared.IsValueCreated)
        {
            await (await Shared.Value).Stop();
        }
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
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await server.Execute($"DROP DATABASE {name} WITH (FORCE)");
                return;
            }
            catch (PostgresException inUse) when (inUse.SqlState == PostgresErrorCodes.ObjectInUse && attempt < 10)
            {
                // PostgreSQL waits five seconds for the sessions of a server that was killed.
            }
        }
    }

    sealed class Server
    {
        public const string Template = "template_xtnd";

        readonly string folder;
        readonly EmbeddedPostgres postgres;
        readonly NpgsqlDataSource admin;

        Server(string folder, EmbeddedPostgres postgres)
        {
            this.folder = folder;
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
            var server = new Server(folder, postgres);
            await server.Execute($"CREATE DATABASE {Template}");
            await using var template = NpgsqlDataSource.Create(server.ConnectionString(Template, pooled: false));
            await Migrator.Apply(template, NullLogger.Instance, CancellationToken.None);
            return server;
        }

        public async ValueTask Stop()
        {
            await admin.DisposeAsync();
            await postgres.DisposeAsync();
            Directory.Delete(folder, recursive: true);
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

/// <summary>
/// Stops the PostgreSQL while the runner still waits for it. At the end of the process it would have ten seconds: then the runner takes the process for
/// one that hangs, and a run without a failure for a failed one.
/// </summary>
public sealed class TestDatabaseEnd : ITestPipelineStartup
{
    public ValueTask StartAsync(IMessageSink diagnosticMessageSink) => ValueTask.CompletedTask;

    public ValueTask StopAsync() => TestDatabase.Stop();
}
