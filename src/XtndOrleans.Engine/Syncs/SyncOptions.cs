using System.ComponentModel.DataAnnotations;

namespace XtndOrleans.Engine.Syncs;

/// <summary>How runs read and wait. Section <c>Xtnd:Sync</c>.</summary>
public sealed class SyncOptions
{
    /// <summary>How far before the watermark an incremental run begins. Default 10 minutes: a store writes a change's time before it commits it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far a store's clock of change may lag behind the clock it answers with. Default 26 hours, the widest span between two time zones: some databases
    /// run in a zone of their own.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan ClockLag { get; set; } = TimeSpan.FromHours(26);

    /// <summary>Records per request at most and to begin with; 0 takes the system's own default for the entity.</summary>
    [Range(0, 1000)] public int PageSize { get; set; }

    /// <summary>How long a run waits for a store that is down, busy or blocked before it fails. Default 30 minutes, counted from the last page.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a run waits for a person to mend its credentials before it fails. Default 10 minutes, counted from the last page; a tenth of it before the first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan CredentialPatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a page is read again whose answer cannot be read, before it is narrowed down. Default 2.</summary>
    [Range(0, 20)] public int MalformedRetries { get; set; } = 2;

    /// <summary>The first wait between tries; it doubles up to <see cref="LongestWait"/>, with jitter. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")] public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between tries, unless the store asks for more. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")] public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests under way at once on one silo, over all stores. Default 200.</summary>
    [Range(1, 10_000)] public int RequestsPerSilo { get; set; } = 200;

    /// <summary>The part of <see cref="RequestsPerSilo"/> that one tenant may have. Default 1/8.</summary>
    [Range(0.01, 1)] public double TenantShare { get; set; } = 0.125;

    /// <summary>Pages written at once on one silo. Default 8: more does not make PostgreSQL faster.</summary>
    [Range(1, 100)] public int WritersPerSilo { get; set; } = 8;

    /// <summary>Bytes of pages that were read and wait to be written, on one silo, above which no page is read ahead. Default 64 MiB.</summary>
    [Range(1 << 20, int.MaxValue)] public long AheadBytesPerSilo { get; set; } = 64L << 20;
}
