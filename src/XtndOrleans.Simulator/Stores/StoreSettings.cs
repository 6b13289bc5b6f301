namespace XtndOrleans.Simulator;

/// <summary>What an admin-token request meets when two-factor authentication is on.</summary>
public enum TwoFactorMode
{
    /// <summary>The module is disabled.</summary>
    Off,

    /// <summary>The user has an active provider: 400 with <c>active_providers</c>.</summary>
    Required,

    /// <summary>The user has none yet: 400 with an empty <c>active_providers</c>, and a mail for every try.</summary>
    NotConfigured,

    /// <summary>No provider is allowed: 400 "Please ask an administrator…".</summary>
    AskAdministrator,
}

/// <summary>How a store is configured. All of it may be changed while the store runs.</summary>
public sealed class StoreSettings
{
    /// <summary>Default 60 minutes, as since 2.4.4.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Tokens of 32 characters without a readable life, as before 2.4.4.</summary>
    public bool OpaqueTokens { get; set; }

    public TwoFactorMode TwoFactor { get; set; }

    /// <summary>Access tokens of integrations are taken as bearer tokens. Default off, as since 2.4.4.</summary>
    public bool IntegrationTokensAsBearer { get; set; }

    /// <summary>Mails sent by tries with <see cref="TwoFactorMode.NotConfigured"/>.</summary>
    public int TwoFactorMails { get; set; }

    /// <summary>Wrong tries until a user is locked. Default 6.</summary>
    public int LockAfter { get; set; } = 6;

    /// <summary>Default 1800 s, from the last wrong try.</summary>
    public TimeSpan LockFor { get; set; } = TimeSpan.FromSeconds(1800);

    /// <summary>A page beyond the last repeats the last one, as until 2.3.7; else it is empty.</summary>
    public bool RepeatsLastPage { get; set; }

    /// <summary>Above it: 400 with <c>parameters.max</c>. Null: no limit.</summary>
    public int? MaximumPageSize { get; set; }

    /// <summary>A list of more rows than this runs into nginx's 504. Null: none does.</summary>
    public int? TimesOutAbove { get; set; }

    /// <summary>Taken when a list names no page size. Null: everything.</summary>
    public int? DefaultPageSize { get; set; }

    /// <summary>Multi-source inventory (its modules and source items); without it legacy stock is all there is. Default on.</summary>
    public bool MultiSource { get; set; } = true;

    /// <summary>Waited before every answer.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Waited for each record of a list on top.</summary>
    public TimeSpan LatencyPerRecord { get; set; }

    /// <summary>Answers are compressed for clients that accept gzip. Default off, for speed.</summary>
    public bool Gzip { get; set; }

    /// <summary>What /magento_version says after "Magento/".</summary>
    public string Version { get; set; } = "2.4 (Community)";
}
