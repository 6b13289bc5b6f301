using System.Collections.Frozen;
using Npgsql;
using NpgsqlTypes;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Records;

/// <summary>The table of an entity. A new entity is a table in sql/xtnd, one file like ProductTable.cs, and a line in <see cref="All"/>.</summary>
internal abstract class RecordTable
{
    /// <summary>All tables.</summary>
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        new ProductTable(), new OrderTable(), new SalesDocumentTable(Entities.Invoice), new ShipmentTable(), new SalesDocumentTable(Entities.Accounting),
        new CustomerTable(), new StockTable(),
    ];

    static readonly FrozenDictionary<string, RecordTable> ByEntity = All.ToFrozenDictionary(t => t.Entity, StringComparer.Ordinal);

    /// <summary>The entity's name; also the table's, in the schema xtnd.</summary>
    public abstract string Entity { get; }

    /// <summary>The column that people know a record by; it has an index.</summary>
    public abstract string KeyColumn { get; }

    /// <summary>The columns that a search looks into, beside the key.</summary>
    public abstract IReadOnlyList<string> SearchedColumns { get; }

    /// <summary>The SQL of its words, exactly as their index has it; null when it is found by its key alone.</summary>
    public virtual string? Words => null;

    /// <summary>The table, qualified.</summary>
    public string Name => $"xtnd.\"{Entity}\"";

    /// <summary>The canonical columns, with the SQL of their values: see <see cref="RecordColumn{TFields}.Value"/>.</summary>
    public abstract IReadOnlyList<(string Name, NpgsqlDbType Sent, string Value)> Columns { get; }

    /// <summary>The canonical fields' JSON names, in the order of <see cref="Columns"/>.</summary>
    public abstract IReadOnlyList<string> FieldNames { get; }

    /// <summary>The table of an entity.</summary>
    /// <exception cref="ProblemException">There is no such entity.</exception>
    public static RecordTable Of(string entity) => ByEntity.GetValueOrDefault(entity) ?? throw ProblemException.NotFound("entity");

    /// <summary>The canonical columns of a page, one array each, in the order of <see cref="Columns"/>.</summary>
    public abstract IEnumerable<NpgsqlParameter> Arrays(IReadOnlyList<StoreRecord> records);

    /// <summary>The canonical fields of a row by their JSON names.</summary>
    /// <param name="reader">Stands on the row.</param>
    /// <param name="first">Where the canonical columns begin.</param>
    public abstract Dictionary<string, object?> Fields(NpgsqlDataReader reader, int first);
}

/// <summary>The table of an entity whose canonical fields are <typeparamref name="TFields"/>.</summary>
internal abstract class RecordTable<TFields>(params RecordColumn<TFields>[] columns) : RecordTable
    where TFields : RecordFields
{
    public override IReadOnlyList<(string Name, NpgsqlDbType Sent, string Value)> Columns { get; } = [.. columns.Select(c => (c.Name, c.Sent, c.Value))];

    public override IReadOnlyList<string> FieldNames { get; } = [.. columns.Select(c => c.Json)];

    public override IEnumerable<NpgsqlParameter> Arrays(IReadOnlyList<StoreRecord> records) =>
        columns.Select(c => new NpgsqlParameter { Value = c.Values(records), NpgsqlDbType = NpgsqlDbType.Array | c.Sent });

    public override Dictionary<string, object?> Fields(NpgsqlDataReader reader, int first)
    {
        var fields = new Dictionary<string, object?>(columns.Length, StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            fields.Add(columns[i].Json, reader.IsDBNull(first + i) ? null : columns[i].Read(reader, first + i));
        }

        return fields;
    }
}
