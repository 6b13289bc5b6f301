using System.Data.Common;

namespace XtndOrleans.Server.Security;

/// <summary>Whether what is open may stay open.</summary>
internal static class Liveness
{
    /// <summary>
    /// Whether a key or a session is live. While the database is away nobody can end one, so what is open stays: who follows a run hears that it waits, and
    /// what a page asks fails anyway.
    /// </summary>
    public static async ValueTask<bool> OrCannotBeKnown(this ValueTask<bool> isLive)
    {
        try
        {
            return await isLive;
        }
        catch (Exception away) when (away is DbException or TimeoutException)
        {
            return true;
        }
    }
}
