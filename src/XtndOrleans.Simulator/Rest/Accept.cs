namespace XtndOrleans.Simulator;

internal enum Rendering
{
    Json,
    Xml,

    /// <summary>Magento finds no renderer and crashes with an HTML page.</summary>
    None,
}

/// <summary>Which rendering the Accept header gets: the first type in it that Magento knows.</summary>
internal static class Accept
{
    public static Rendering Choose(string? header)
    {
        if (string.IsNullOrWhiteSpace(header)) return Rendering.Json;
        foreach (var type in header.Split(',').Select(part => part.Split(';')[0].Trim().ToLowerInvariant()))
        {
            switch (type)
            {
                case "application/json" or "*/*": return Rendering.Json;
                case "application/xml" or "text/xml" or "application/xhtml+xml": return Rendering.Xml;
                default: continue;
            }
        }
        return Rendering.None;
    }
}
