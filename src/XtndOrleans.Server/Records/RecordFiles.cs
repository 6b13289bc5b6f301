using System.Net.Mime;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Pages.Access;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Records;

/// <summary>Files that the page offers for download, to the session: a browser has no key for those of the API.</summary>
internal static class RecordFiles
{
    public static string Export(string connection, string entity, string format) => $"/records/{connection}/{entity}/export?format={format}";

    public static string Body(string connection, string entity, string externalId) => $"/records/{connection}/{entity}/body?id={Uri.EscapeDataString(externalId)}";

    public static IEndpointRouteBuilder MapRecordFiles(this IEndpointRouteBuilder routes)
    {
        var entity = routes.MapGroup("/records/{connection:guid}/{entity}").RequireAuthorization(Policies.Viewer).ExcludeFromDescription();
        entity.MapGet("/export", SendExport);
        entity.MapGet("/body", SendBody);
        return routes;
    }

    static async Task<IResult> SendExport(Guid connection, string entity, string? format, RecordQueries records, ConnectionQueries connections, HttpContext context, CancellationToken stop)
    {
        if (await Find(connection, entity, connections, context, stop) is not { } id || ExportEndpoint.Format(format, entity) is not { } writer)
        {
            return Results.NotFound();
        }

        await ExportEndpoint.Write(id, format!, writer, includeDeleted: false, records, context, stop);
        return Results.Empty;
    }

    static async Task<IResult> SendBody(Guid connection, string entity, string id, RecordQueries records, ConnectionQueries connections, HttpContext context, CancellationToken stop) =>
        await Find(connection, entity, connections, context, stop) is { } found && await records.Find(found, id, stop) is { Body: { } body } record
            ? Results.Bytes(body.Utf8.ToArray(), MediaTypeNames.Application.Json, $"{entity}-{string.Concat(record.ExternalId.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))}.json")
            : Results.NotFound();

    /// <summary>The entity of a connection of the session's tenant; null when there is none.</summary>
    static async Task<EntityId?> Find(Guid connection, string entity, ConnectionQueries connections, HttpContext context, CancellationToken stop)
    {
        var id = new ConnectionId(SessionClaims.Owner(context.User).Tenant ?? Guid.Empty, connection);
        return await connections.FindSystem(id, stop) is { } system && system.Entities.Any(known => known.Entity == entity) ? new EntityId(id, entity) : null;
    }
}
