namespace XtndOrleans.Engine;

/// <summary>The one way to write grain state.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>Replaces the state in storage and, only when that succeeded, in memory.</summary>
    public static async Task Replace<T>(this IPersistentState<T> stored, T next)
    {
        var confirmed = stored.State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            stored.State = confirmed;
            throw;
        }
    }
}
