using System.Text.Json.Nodes;

namespace XtndOrleans.Simulator;

/// <summary>A record of a store: immutable, so that a page being written never sees half a change.</summary>
public abstract record Row
{
    Rendered? rendered;

    protected Row()
    {
    }

    /// <summary>A changed copy is rendered anew.</summary>
    protected Row(Row original)
    {
        Id = original.Id;
        CreatedAt = original.CreatedAt;
        UpdatedAt = original.UpdatedAt;
        Patch = original.Patch;
    }

    /// <summary>A time that the database has as NULL: absent from the JSON, and no filter on it is true.</summary>
    public const long Undated = long.MinValue;

    public int Id { get; init; }

    /// <summary>Unix seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix seconds, or <see cref="Undated"/>.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>Merged (RFC 7396) into the JSON after rendering; filters do not see it.</summary>
    public JsonObject? Patch { get; init; }

    internal Rendered Json => rendered ??= Patched(Render());

    private protected abstract Rendered Render();

    Rendered Patched(Rendered plain) => Patch is null ? plain : new(PhpJsonNodes.Merge(plain.ToArray(), Patch), []);
}
