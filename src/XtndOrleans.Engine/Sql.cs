using Npgsql;
using NpgsqlTypes;

namespace XtndOrleans.Engine;

/// <summary>Reading rows without the ceremony.</summary>
internal static class Sql
{
    static readonly object Null = DBNull.Value;

    public static async Task<List<T>> Rows<T>(
        this NpgsqlDataSource database, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static T? Nullable<T>(this NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static NpgsqlParameter Optional(string? value) => new() { Value = value ?? Null, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Optional(long? value) => new() { Value = value ?? Null, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Optional(Guid? value) => new() { Value = value ?? Null, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Optional(DateTimeOffset? value) => new() { Value = value?.ToUniversalTime() ?? Null, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
