using Npgsql;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Server.Hosting;

/// <summary>The database of the process: its own, or the one it was given.</summary>
internal sealed class Databases : IAsyncDisposable
{
    /// <summary>Npgsql's own; it does not tell whether it was asked for.</summary>
    const int DefaultPoolSize = 100;

    /// <summary>Two silos fit into the 100 connections that PostgreSQL allows by default.</summary>
    const int PoolSize = 40;

    readonly EmbeddedPostgres? embedded;

    Databases(NpgsqlDataSource source, EmbeddedPostgres? embedded)
    {
        Source = source;
        this.embedded = embedded;
    }

    /// <summary>The one pool of the process: Orleans' providers and our own SQL share it.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The embedded PostgreSQL, when there is one.</summary>
    public EmbeddedPostgres? Embedded => embedded;

    public static async Task<Databases> Open(ServerOptions options, IConfiguration configuration, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        EmbeddedPostgres? embedded = null;
        if (options.IsEmbedded)
        {
            embedded = await EmbeddedPostgres.Start(EmbeddedSettings(configuration), logs.CreateLogger<EmbeddedPostgres>(), TimeProvider.System, cancellationToken);
        }

        try
        {
            var databases = new Databases(Pool(embedded?.ConnectionString ?? options.ConnectionString!, logs), embedded);
            if (options.HasSilo || options.MigrateOnly)
            {
                await databases.Prepare(options, logs, cancellationToken);
            }
            else
            {
                // Whoever only asks the silos makes no tables; without them it could not even read the keys of its cookies.
                await Migrator.WaitUntilApplied(databases.Source, logs.CreateLogger(typeof(Migrator)), TimeProvider.System, cancellationToken);
            }

            return databases;
        }
        catch when (embedded is not null)
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }
    }

    static EmbeddedPostgresOptions EmbeddedSettings(IConfiguration configuration)
    {
        const string section = "Xtnd:Embedded";
        var settings = configuration.GetSection(section).Get<EmbeddedPostgresOptions>() ?? new();
        if (string.IsNullOrWhiteSpace(settings.Folder))
        {
            throw new StartException($"{section}:Folder is empty. Allowed: the folder that holds the database, or leave the setting out.");
        }

        return SettingsValidation.Problems(section, settings) is { Count: > 0 } wrong ? throw new StartException(string.Join(Environment.NewLine, wrong)) : settings;
    }

    async Task Prepare(ServerOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        await Migrator.Apply(Source, logs.CreateLogger(typeof(Migrator)), cancellationToken);
        if (embedded is not null && options.Role == ServerRole.All)
        {
            // Nobody but this process has this database: silos it still names died with an earlier process, and would be waited for.
            await using var forget = Source.CreateCommand("DELETE FROM orleans.member WHERE deploymentid = $1");
            forget.Parameters.Add(new() { Value = options.ClusterId });
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    static NpgsqlDataSource Pool(string connectionString, ILoggerFactory logs)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(connectionString);
        }
        catch (ArgumentException)
        {
            // The text itself holds a password: it must not be repeated.
            throw new StartException("ConnectionStrings:Xtnd cannot be read. Write it as: Host=…;Database=…;Username=…;Password=…");
        }

        settings.SearchPath = "orleans";                // Orleans looks its queries up by an unqualified name; all else is qualified
        settings.ApplicationName ??= "XtndOrleans";
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 64 : settings.MaxAutoPrepare;
        settings.AutoPrepareMinUsages = 2;
        settings.KeepAlive = settings.KeepAlive == 0 ? 30 : settings.KeepAlive;
        settings.WriteBufferSize = Math.Max(settings.WriteBufferSize, 64 * 1024); // a page is written in large pieces: 15 % less CPU
        if (settings.MaxPoolSize == DefaultPoolSize)
        {
            settings.MaxPoolSize = PoolSize;
        }

        // Without a name of its own the pool goes by its settings in /metrics, which anybody may read: host, user, the client certificate's password.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "xtnd" };
        builder.UseLoggerFactory(logs);
        return builder.Build();
    }
}
