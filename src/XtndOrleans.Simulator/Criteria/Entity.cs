namespace XtndOrleans.Simulator;

/// <summary>What a list endpoint needs to know of its entity: a new entity is one class like this and its rows.</summary>
internal abstract class Entity<TRow> where TRow : Row
{
    /// <summary>The name faults, counters and the control API use.</summary>
    public abstract string Name { get; }

    /// <summary>The right that reading it takes.</summary>
    public abstract string Resource { get; }

    /// <summary>The column that the rows are in the order of.</summary>
    public virtual string Key => "entity_id";

    public abstract IReadOnlyDictionary<string, EntityField<TRow>> Fields { get; }

    public abstract RecordSet<TRow> Rows(MagentoStore store);

    /// <summary>The row as a store view shows it. Filters and sorts go by the row itself.</summary>
    public virtual TRow In(TRow row, string view) => row;

    /// <summary>EAV entities answer 400, flat tables let the SQL error through as 500.</summary>
    public abstract MagentoError UnknownFilter(string field);

    /// <summary>Null: the unknown sort field is ignored.</summary>
    public abstract MagentoError? UnknownSort(string field);

    /// <summary>Rows that a sort by the field leaves out because its join is an inner one.</summary>
    public virtual Func<TRow, bool>? JoinedBySort(string field) => null;
}

/// <summary>An entity of one flat table: a column that it has not is an error of the database.</summary>
internal abstract class FlatEntity<TRow> : Entity<TRow> where TRow : Row
{
    public override MagentoError UnknownFilter(string field) => MagentoError.Internal(field.Length * 7919);

    public override MagentoError? UnknownSort(string field) => MagentoError.Internal(field.Length * 7919);
}
