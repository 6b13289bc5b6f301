namespace XtndOrleans.Engine;

/// <summary>Awaiting without throwing.</summary>
internal static class TaskExtensions
{
    /// <summary>Waits for the end of a task, however it ends, and stays on the present scheduler: a grain's.</summary>
    public static async Task Settled(this Task task) =>
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
