using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Server.Operations;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Systems;

/// <summary>The external systems that can be connected.</summary>
internal static class SystemEndpoints
{
    const string Example = """
        {"items":[{"system":"magento","name":"Magento",
          "fields":[{"name":"accessToken","label":"Access token","help":"The user name of the integration user.","secret":false}],
          "entities":[{"entity":"product","label":"Products","defaultFrequency":"daily","defaultPageSize":100}],
          "signIns":[{"kind":"integration","label":"Integration, access token alone",
            "fields":[{"name":"auth.accessToken","label":"Access token","help":"The access token of an active integration.","secret":true}]}]}],"next":null}
        """;

    public static IEndpointRouteBuilder MapSystems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/systems", (ConnectorCatalog catalog) => new ListPage<SystemDescription>([.. catalog.Systems], null))
            .WithTags("Systems")
            .RequireAuthorization(Policies.Anyone)
            .Says("List the external systems", "What can be connected, the fields that a connection needs, the other ways to sign in (signIns; a field's name is its place in the JSON of a connection), and the entities that can be read.")
            .Gives<ListPage<SystemDescription>>(200, Example);
        return routes;
    }
}
