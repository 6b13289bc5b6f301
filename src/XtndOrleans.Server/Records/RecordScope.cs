using Microsoft.AspNetCore.Http.Features;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Server.Connections;

namespace XtndOrleans.Server.Records;

/// <summary>The record that a call's address names, of a connection of the caller's tenant. Whether it is held is not known yet.</summary>
internal sealed record RecordScope(EntityId Id, string ExternalId)
{
    /// <summary>Of /api/v1/connections/{connection}/records/{entity}/{externalId}, split at the slashes.</summary>
    const int Position = 7;

    public static async ValueTask<RecordScope?> BindAsync(HttpContext context)
    {
        var entity = (await EntityScope.BindAsync(context))!;
        return new(entity.Id, AsWritten(context));
    }

    // An id may have a slash in it, as the SKU of a stock record can. The server decodes every escape of an address but that of the slash, so in the decoded one
    // '%2F' may stand for either; only the address as it was sent tells.
    static string AsWritten(HttpContext context)
    {
        var decoded = (string)context.GetRouteValue("externalId")!;
        if (!decoded.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return decoded;
        }

        var sent = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Split('/');
        return sent.Length > Position && sent[0].Length == 0 ? Uri.UnescapeDataString(sent[Position]) : decoded;
    }
}
