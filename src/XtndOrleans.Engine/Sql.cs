using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine;

/// <summary>Statements and rows without the ceremony.</summary>
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

    public static async Task<int> Execute(this NpgsqlDataSource database, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds $1, $2 and so on: tenant and connection first, as in every statement of ours. A value may be a parameter already.</summary>
    public static void Fill(this NpgsqlParameterCollection parameters, ConnectionId id, params IEnumerable<object> values)
    {
        foreach (var value in values.Prepend(id.Connection).Prepend(id.Tenant))
        {
            parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }
    }

    /// <summary>The same with the entity as $3.</summary>
    public static void Fill(this NpgsqlParameterCollection parameters, EntityId id, params IEnumerable<object> values) =>
        parameters.Fill(id.Connection, values.Prepend(id.Entity));

    public static T? Nullable<T>(this NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static NpgsqlParameter Optional(string? value) => new() { Value = value ?? Null, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Optional(long? value) => new() { Value = value ?? Null, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Optional(Guid? value) => new() { Value = value ?? Null, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Optional(DateTimeOffset? value) => new() { Value = value?.ToUniversalTime() ?? Null, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
