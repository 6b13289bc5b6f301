namespace XtndOrleans.Connectors.Magento;

/// <summary>Lets a few requests through at once; the others wait their turn. A small store must not be flooded by being tried.</summary>
internal sealed class Turns(int atOnce) : IDisposable
{
    readonly SemaphoreSlim free = new(atOnce);

    /// <summary>Makes a request when its turn comes.</summary>
    public async Task<T> Take<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            return await request();
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Lets so many more through at once.</summary>
    public void Widen(int by) => free.Release(by);

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}
