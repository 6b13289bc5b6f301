namespace XtndOrleans.Tests.Server;

/// <summary>Waits for a thing that happens, with a generous limit.</summary>
internal static class Until
{
    public static async Task True(Func<Task<bool>> happened, TimeSpan? within = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(within ?? TimeSpan.FromMinutes(1));
        while (!await happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
