using System.ComponentModel.DataAnnotations;

namespace XtndOrleans.Engine.Database;

/// <summary>How the embedded PostgreSQL is kept. Binds to <c>Xtnd:Embedded</c>.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The folder that holds the database, in its subfolder <c>pg</c>. Made when it is missing. Default <c>.xtnd</c>.</summary>
    public string Folder { get; init; } = ".xtnd";

    /// <summary>The folder of initdb and postgres. Null: PATH and the usual places are searched, and the newest from version 15 on is taken.</summary>
    public string? Binaries { get; init; }

    /// <summary>The user that PostgreSQL runs as when we are root, for PostgreSQL refuses to run as root. Default <c>postgres</c>.</summary>
    public string User { get; init; } = "postgres";

    /// <summary>The port on 127.0.0.1. 0: the one of last time when it is free, else a random one.</summary>
    [Range(0, 65535)]
    public int Port { get; init; }

    /// <summary>How long a start may take, recovery after a crash included. Default two minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Settings of postgresql.conf that go before ours. Tests turn fsync off; nobody else should.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
