namespace XtndOrleans.Server.Pages;

/// <summary>Where each page is.</summary>
internal static class Addresses
{
    /// <summary>The list of connections.</summary>
    public const string Connections = "/settings/connectors";

    /// <summary>The records of a tenant.</summary>
    public const string Records = "/records";

    /// <summary>A connection: its entities.</summary>
    public static string Connection(string id) => $"{Connections}/{id}";

    /// <summary>Where a connection is changed.</summary>
    public static string EditConnection(string id) => $"{Connection(id)}/edit";

    /// <summary>A connection's runs, of one entity or of all.</summary>
    public static string Runs(string connection, string? entity = null) => $"{Connection(connection)}/runs{(entity is null ? "" : $"?entity={entity}")}";

    /// <summary>One run.</summary>
    public static string Run(string connection, string run) => $"{Connection(connection)}/runs/{run}";

    /// <summary>What a connection's store could not deliver.</summary>
    public static string Quarantine(string connection) => $"{Connection(connection)}/quarantine";

    /// <summary>The records of one entity of a connection.</summary>
    public static string RecordsOf(string connection, string entity) => $"{Records}?connection={connection}&entity={entity}";

    /// <summary>One record.</summary>
    public static string Record(string connection, string entity, string externalId) => $"{Records}/{connection}/{entity}/{Uri.EscapeDataString(externalId)}";

    /// <summary>The orders with a number, in whichever store of the tenant.</summary>
    public static string OrderNumber(string number) => $"{Records}?order={Uri.EscapeDataString(number)}";
}
