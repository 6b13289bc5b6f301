using XtndOrleans.Engine.Secrets;

namespace XtndOrleans.Server.Hosting;

/// <summary>What a process is.</summary>
public enum ServerRole
{
    /// <summary>Silo, REST API and page in one process.</summary>
    All,

    /// <summary>A silo with nothing but health and metrics on its HTTP port.</summary>
    Silo,

    /// <summary>REST API and page: a client of the silos.</summary>
    Frontend,
}

/// <summary>How the process takes part, read from configuration once, before anything starts.</summary>
public sealed class ServerOptions
{
    /// <summary><c>Xtnd:Role</c>. Default all.</summary>
    public required ServerRole Role { get; init; }

    /// <summary><c>ConnectionStrings:Xtnd</c>. None: the embedded PostgreSQL.</summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>Xtnd:Cluster:Id</c>. Processes with the same id on the same database are one cluster. Default xtnd.</summary>
    public required string ClusterId { get; init; }

    /// <summary><c>Xtnd:Cluster:Address</c>. The IP address other silos reach this one at. Default: this host's own; 127.0.0.1 with the embedded PostgreSQL.</summary>
    public string? Address { get; init; }

    /// <summary><c>Xtnd:Cluster:SiloPort</c>. Default 11111; 0, the default with the embedded PostgreSQL, takes a free one.</summary>
    public required int SiloPort { get; init; }

    /// <summary><c>Xtnd:Cluster:GatewayPort</c>. Default 30000; 0, the default with the embedded PostgreSQL, takes a free one.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>Whether the process only brings the database up to date (<c>--migrate</c>).</summary>
    public bool MigrateOnly { get; init; }

    /// <summary>Whether the process starts its own PostgreSQL.</summary>
    public bool IsEmbedded => ConnectionString is null;

    /// <summary>Whether the process runs grains.</summary>
    public bool HasSilo => Role is not ServerRole.Frontend;

    /// <summary>Whether the process answers the REST API.</summary>
    public bool HasApi => Role is not ServerRole.Silo;

    /// <summary>Reads the options. Throws <see cref="StartException"/> naming the setting, its value and what is allowed.</summary>
    public static ServerOptions Read(IConfiguration configuration, IHostEnvironment environment, bool migrateOnly)
    {
        var connectionString = configuration.GetConnectionString("Xtnd");
        var embedded = string.IsNullOrWhiteSpace(connectionString);
        var options = new ServerOptions
        {
            Role = ReadRole(configuration["Xtnd:Role"]),
            ConnectionString = embedded ? null : connectionString,
            ClusterId = configuration["Xtnd:Cluster:Id"] is { Length: > 0 } id ? id : "xtnd",
            Address = configuration["Xtnd:Cluster:Address"],
            SiloPort = ReadPort(configuration, "Xtnd:Cluster:SiloPort", embedded ? 0 : 11111),
            GatewayPort = ReadPort(configuration, "Xtnd:Cluster:GatewayPort", embedded ? 0 : 30000),
            MigrateOnly = migrateOnly,
        };
        if (embedded && options.Role == ServerRole.Frontend)
        {
            throw new StartException("ConnectionStrings:Xtnd is missing. A frontend finds its silos in their database: give it the same connection string as the silos.");
        }

        CheckMasterKey(configuration, environment, migrateOnly);
        return options;
    }

    static void CheckMasterKey(IConfiguration configuration, IHostEnvironment environment, bool migrateOnly)
    {
        var secrets = configuration.GetSection("Xtnd:Secrets").Get<SecretOptions>() ?? new();
        if (secrets.Problem() is { } problem)
        {
            throw new StartException(problem);
        }

        if (!secrets.HasMasterKey && !environment.IsDevelopment() && !migrateOnly)
        {
            throw new StartException(
                $"{SecretOptions.MasterKeySetting} is missing. It protects the stores' credentials in the database and is required outside development. "
                + "Make one with: openssl rand -base64 32");
        }
    }

    static ServerRole ReadRole(string? value) => value switch
    {
        null or "" or "all" => ServerRole.All,
        "silo" => ServerRole.Silo,
        "frontend" => ServerRole.Frontend,
        _ => throw new StartException($"Xtnd:Role is '{value}'. Allowed: all, silo, frontend."),
    };

    static int ReadPort(IConfiguration configuration, string key, int otherwise) => configuration[key] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, out var port) && port is >= 0 and <= 65535 => port,
        var text => throw new StartException($"{key} is '{text}'. Allowed: a port from 1 to 65535, or 0 for a free one."),
    };
}

/// <summary>Why the process cannot start, for the operator to mend: shown without a stack trace.</summary>
public sealed class StartException(string message) : Exception(message);
