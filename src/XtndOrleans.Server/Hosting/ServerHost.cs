using Microsoft.Extensions.Options;
using Npgsql;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Database;
using XtndOrleans.Engine.Secrets;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Pages;

namespace XtndOrleans.Server.Hosting;

/// <summary>The whole life of the process.</summary>
public static class ServerHost
{
    /// <summary>Runs until the process is told to stop. Answers the exit code: 0, or 1 when it could not start.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            var options = ServerOptions.Read(builder.Configuration, builder.Environment, args.Contains("--migrate"));
            if (!options.MigrateOnly)
            {
                HttpAddresses.Check(builder.Configuration["urls"]);
            }

            using var logs = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
            await using var databases = await Databases.Open(options, builder.Configuration, logs, CancellationToken.None);
            if (options.MigrateOnly)
            {
                return 0;
            }

            await CheckKeyRing(builder.Configuration, databases.Source);
            await using var app = Build(builder, options, databases.Source);
            // The host would validate too, and log what is wrong with a stack trace.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await RunToTheEnd(app, options);
            return 0;
        }
        catch (Exception failure) when (Explained(failure) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    static async Task RunToTheEnd(WebApplication app, ServerOptions options)
    {
        var lifetime = app.Lifetime;
        try
        {
            await app.RunAsync();
        }
        catch (Exception waiting) when (waiting is OperationCanceledException or SiloUnavailableException
            && !options.HasSilo && lifetime.ApplicationStopping.IsCancellationRequested && !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            // A frontend that was told to stop while it still waited for a silo.
        }
    }

    static WebApplication Build(WebApplicationBuilder builder, ServerOptions options, NpgsqlDataSource database)
    {
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(database).AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(45));
        services.AddOptions<SecretOptions>().BindConfiguration("Xtnd:Secrets");
        services.AddOptions<ConnectorOptions>().BindConfiguration(ConnectorOptions.Section);
        if (options.HasSilo)
        {
            services.AddEngine();
            builder.AddSilo(options, database);
            services.AddSweeper();
        }
        else
        {
            services.AddEngineClient();
            builder.AddClusterClient(options, database);
        }

        services.AddClusterHealth(options);
        if (!options.HasApi)
        {
            services.AddHealth().AddMeters();
            var silo = builder.Build();
            silo.MapHealth().MapPrometheusScrapingEndpoint("/metrics");
            return silo;
        }

        services.AddApi(builder.Configuration).AddPage(builder.Configuration);
        // Where the files of the page are is known from the build; in a published folder they are beside the executable, and this does nothing.
        builder.WebHost.UseStaticWebAssets();
        var app = builder.Build();
        app.UsePage().UseApi().MapApi().MapPage();
        return app;
    }

    static async Task CheckKeyRing(ConfigurationManager configuration, NpgsqlDataSource database)
    {
        var secrets = configuration.GetSection("Xtnd:Secrets").Get<SecretOptions>() ?? new();
        if (await KeyRing.Problem(database, secrets, CancellationToken.None) is { } problem)
        {
            throw new StartException(problem);
        }

        await KeyRing.Seal(database, secrets, CancellationToken.None);
    }

    /// <summary>What to tell an operator; null for what is a mistake of ours and needs its stack trace.</summary>
    static string? Explained(Exception failure) => failure switch
    {
        StartException or DatabaseException => failure.Message,
        AggregateException { InnerExceptions: var all } when all.All(one => Explained(one) is not null) => string.Join(Environment.NewLine, all.Select(Explained)),
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => UnreadableSetting.Explain(failure.Message),
        NpgsqlException { InnerException: System.Net.Sockets.SocketException } => "The database of ConnectionStrings:Xtnd does not answer. Is PostgreSQL running, and are host and port right?",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName } refused =>
            $"The database of ConnectionStrings:Xtnd refused us: {refused.MessageText}",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } inUse => $"{inUse.Message} Choose another with ASPNETCORE_URLS.",
        Microsoft.AspNetCore.Connections.AddressInUseException => "A port of Xtnd:Cluster:SiloPort or Xtnd:Cluster:GatewayPort was taken while we started. Start again.",
        _ => null,
    };
}
