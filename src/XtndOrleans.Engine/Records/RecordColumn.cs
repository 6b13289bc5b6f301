using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Records;

/// <summary>A canonical field: its column, its name in JSON, and the ways into the database and out of it.</summary>
/// <param name="Name">Column.</param>
/// <param name="Json">Name in the REST API.</param>
/// <param name="Sent">Type of the array that it is sent in.</param>
/// <param name="Values">The values of a page as one array.</param>
/// <param name="Read">The value of a row, as the API gives it.</param>
internal sealed record RecordColumn<TFields>(
    string Name, string Json, NpgsqlDbType Sent, Func<IReadOnlyList<StoreRecord>, Array> Values, Func<NpgsqlDataReader, int, object?> Read)
    where TFields : RecordFields
{
    const int LongestKey = 500;

    /// <summary>The SQL that makes the column's value of the sent one. <c>g</c> is the sent row, $1 the tenant, $2 the connection.</summary>
    public string Value { get; init; } = $"g.{Name}";

    public static RecordColumn<TFields> Text(string name, string json, Func<TFields, string?> value) =>
        new(name, json, NpgsqlDbType.Text, Each(f => StorableText.Of(value(f))), (reader, i) => reader.GetString(i));

    /// <summary>
    /// A text that is indexed, cut to what fits into an index whatever its letters (2,704 bytes a row): one absurd key must not stop a store. The body keeps all of it.
    /// </summary>
    public static RecordColumn<TFields> Key(string name, string json, Func<TFields, string?> value) =>
        Text(name, json, f => value(f) is { Length: > LongestKey } key ? key[..LongestKey] : value(f));

    public static RecordColumn<TFields> Number(string name, string json, Func<TFields, decimal?> value) =>
        new(name, json, NpgsqlDbType.Numeric, Each(value), (reader, i) => reader.GetDecimal(i));

    public static RecordColumn<TFields> Time(string name, string json, Func<TFields, DateTimeOffset?> value) =>
        new(name, json, NpgsqlDbType.TimestampTz, Each(f => value(f)?.UtcDateTime), (reader, i) => new DateTimeOffset(reader.GetDateTime(i)));

    public static RecordColumn<TFields> Flag(string name, string json, Func<TFields, bool?> value) =>
        new(name, json, NpgsqlDbType.Boolean, Each(value), (reader, i) => reader.GetBoolean(i));

    /// <summary>A list within the record, kept as jsonb: its numbers stay exact, its text is the canonical one.</summary>
    public static RecordColumn<TFields> List(string name, string json, Func<TFields, object> value) =>
        new(name, json, NpgsqlDbType.Text, Each(f => JsonSerializer.Serialize(value(f), RecordJson.Options)), (reader, i) => new RawJson(RecordJson.Bytes(reader, i)))
        {
            Value = $"g.{name}::jsonb",
        };

    static Func<IReadOnlyList<StoreRecord>, Array> Each<T>(Func<TFields, T> value) => records =>
    {
        var values = new T[records.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value((TFields)records[i].Fields);
        }

        return values;
    };
}
