using System.Globalization;
using System.Text;

namespace XtndOrleans.Engine.Database;

/// <summary>The settings of the embedded PostgreSQL: safe in a crash, sensible for a small machine, closed to everyone but us.</summary>
internal static class PostgresSettings
{
    const string File = "xtnd.conf";

    /// <summary>Writes our settings; whatever a person writes below the include line of postgresql.conf wins over them.</summary>
    /// <returns>The file that holds them.</returns>
    public static async Task<string> Write(string data, bool lz4, IReadOnlyDictionary<string, string> overrides)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = "",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = "200",
            ["shared_buffers"] = SharedBuffers(),
            ["fsync"] = "on",
            ["full_page_writes"] = "on",
            ["synchronous_commit"] = "on",
            ["max_wal_size"] = "2GB",
            ["checkpoint_timeout"] = "15min",
            ["wal_compression"] = lz4 ? "lz4" : "on",
            ["default_toast_compression"] = lz4 ? "lz4" : "pglz",
            ["jit"] = "off",
            ["random_page_cost"] = "1.1",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_line_prefix"] = "%m [%p] ",
            ["logging_collector"] = "off",
        };
        foreach (var (name, value) in overrides)
        {
            settings[name] = value;
        }

        var text = new StringBuilder("# Written by XtndOrleans at each start. Put settings of your own into postgresql.conf, below the include line.\n");
        foreach (var (name, value) in settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        }

        var path = Path.Combine(data, File);
        await System.IO.File.WriteAllTextAsync(path, text.ToString());
        return path;
    }

    /// <summary>Makes a new data folder read our settings, and lets nobody in without the password.</summary>
    public static async Task Include(string data)
    {
        await System.IO.File.AppendAllTextAsync(Path.Combine(data, "postgresql.conf"), $"\ninclude_if_exists '{File}'\n# Your own settings, below this line, win.\n");
        await System.IO.File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    static string SharedBuffers()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        return $"{Math.Clamp(memory / 8, 64, 1024)}MB";
    }
}
