namespace XtndOrleans.Simulator;

/// <summary>Reproducible draws (splitmix64): the same seed, store and index give the same record on every machine.</summary>
internal struct Draw(ulong seed, int store, int index)
{
    ulong state = (seed * 0x9E3779B97F4A7C15) ^ ((ulong)store << 40) ^ (ulong)index * 0xBF58476D1CE4E5B9;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int limit) => (int)(Next() % (ulong)limit);
    public bool Chance(int percent) => Below(100) < percent;
    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];
    public string Hex(int digits) => (Next().ToString("x16") + Next().ToString("x16"))[..digits];
}
