using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.Tests.Database;

/// <summary>Runs the queries of orleansquery by name, with parameters typed as Orleans' providers bind them, on a connection like theirs.</summary>
public sealed class ProviderQueries : IAsyncDisposable
{
    readonly TestDatabase database;
    readonly NpgsqlDataSource source;

    ProviderQueries(TestDatabase database)
    {
        this.database = database;
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { SearchPath = "orleans", MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 });
    }

    public static async Task<ProviderQueries> Open() => new(await TestDatabase.Create());

    public async Task<List<Dictionary<string, object?>>> Rows(string key, params (string Name, object? Value)[] values)
    {
        await using var text = source.CreateCommand("SELECT querytext FROM OrleansQuery WHERE querykey = $1");
        text.Parameters.Add(new() { Value = key });
        await using var command = source.CreateCommand((string)(await text.ExecuteScalarAsync())!);
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(Bind(name, value));
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        do
        {
            while (await reader.ReadAsync())
            {
                rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                    reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
            }
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    /// <summary>The one value of the one row; anything else is against the contract.</summary>
    public async Task<object?> Value(string key, params (string Name, object? Value)[] values)
    {
        var row = Assert.Single(await Rows(key, values));
        return Assert.Single(row).Value;
    }

    public async Task<IReadOnlyList<string>> Keys()
    {
        await using var command = source.CreateCommand("SELECT querykey FROM OrleansQuery");
        await using var reader = await command.ExecuteReaderAsync();
        var keys = new List<string>();
        while (await reader.ReadAsync())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    public Task<object?> Scalar(string sql) => database.Scalar(sql);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    // A null is typed too; which parameters can be null is the contract's.
    static NpgsqlParameter Bind(string name, object? value) => new(name, value switch
    {
        string => NpgsqlDbType.Text,
        int => NpgsqlDbType.Integer,
        long => NpgsqlDbType.Bigint,
        byte[] => NpgsqlDbType.Bytea,
        DateTime => NpgsqlDbType.TimestampTz,
        null when name == "GrainStateVersion" => NpgsqlDbType.Integer,
        null when name is "SuspectTimes" or "GrainIdExtensionString" => NpgsqlDbType.Text,
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} = {value}")),
    })
    {
        Value = value ?? DBNull.Value,
    };
}
