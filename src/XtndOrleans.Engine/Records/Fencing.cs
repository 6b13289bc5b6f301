using System.Diagnostics.CodeAnalysis;
using Npgsql;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Engine.Records;

/// <summary>Another loop has taken over the entity (or its run was closed): nothing was written, and this loop must end.</summary>
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the engine.")]
internal sealed class FencedException(EntityId id) : Exception($"Another loop has taken over {id}.");

/// <summary>What becomes of a batch that begins with the fence.</summary>
internal static class Fencing
{
    /// <summary>The outcome of the write; throws <see cref="FencedException"/> when the fence refused it.</summary>
    public static async Task<T> Fenced<T>(this Task<T> write, EntityId id)
    {
        try
        {
            return await write;
        }
        catch (PostgresException refused) when (refused.SqlState == PageStatement.Fenced)
        {
            throw new FencedException(id);
        }
    }
}
