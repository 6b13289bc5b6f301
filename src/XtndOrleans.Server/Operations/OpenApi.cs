using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using XtndOrleans.Engine.Records;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Problems;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Operations;

/// <summary>The API described for machines at /openapi/v1.json and for people at /docs.</summary>
internal static class OpenApi
{
    static readonly int[] Everywhere = [400, 401, 403, 404, 429, 500, 503];

    /// <summary>An Idempotency-Key that is being worked on, or came with another request.</summary>
    static readonly int[] OfChanges = [409, 422];

    /// <summary>A body that is too large, or not JSON.</summary>
    static readonly int[] OfBodies = [413, 415];

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(Complete);
        options.AddSchemaTransformer(Open);
        options.AddSchemaTransformer(RequireTheNecessary);
    });

    public static IEndpointRouteBuilder MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        // All of the page comes from this server: it must work where there is no internet.
        routes.MapScalarApiReference("/docs", page => page
            .WithTitle("XtndOrleans API")
            .HideDeveloperTools()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent());
        return routes;
    }

    static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "XtndOrleans",
            Version = "v1",
            Description = "Connects merchants' stores and keeps what they hold in PostgreSQL. Errors are RFC 9457 problems with a stable 'code' and, in 'detail', what to do.",
        };
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[ApiKeyHandler.SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key: 'Authorization: Bearer xtnd_…'.",
        };
        return Task.CompletedTask;
    }

    static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        AddRouteParameters(operation, context.Description.RelativePath ?? "");
        AddHeaders(operation, context.Description.HttpMethod);
        AddExamples(operation, metadata.OfType<ApiExample>());
        if (metadata.OfType<IAuthorizeData>().LastOrDefault() is { } authorize)
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(ApiKeyHandler.SchemeName, context.Document)] = [] }];
            operation.Description += $" Role: {Role(authorize.Policy)}.";
            var problem = new OpenApiSchemaReference(nameof(ApiProblem), context.Document);
            foreach (var status in Problems(operation, context.Description.HttpMethod))
            {
                AddProblem(operation, status, problem);
            }
        }

        return Task.CompletedTask;
    }

    static IEnumerable<int> Problems(OpenApiOperation operation, string? method) =>
        Everywhere.Concat(IsChange(method) ? OfChanges : []).Concat(operation.RequestBody is null ? [] : OfBodies);

    static bool IsChange(string? method) => method is not ("GET" or null);

    // A record's canonical fields stand beside the common ones; which they are depends on the entity.
    static Task Open(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(RecordView))
        {
            schema.AdditionalProperties = new OpenApiSchema { Description = "A canonical field of the entity: sku, name, price of a product; number, grandTotal, lines of an order." };
        }

        return Task.CompletedTask;
    }

    // The framework takes every parameter of a constructor for required.
    static Task RequireTheNecessary(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type.Name.EndsWith("Input", StringComparison.Ordinal) || type == typeof(ConnectionChange))
        {
            var necessary = context.JsonTypeInfo.Properties.Where(property => property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), true) is true);
            schema.Required = necessary.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }

    static void AddProblem(OpenApiOperation operation, int status, IOpenApiSchema schema)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
        {
            Description = ProblemMapping.From(status).Title,
            Content = new Dictionary<string, OpenApiMediaType> { [ApiProblem.MediaType] = new() { Schema = schema } },
        });
    }

    // Handlers take proved scopes instead of ids, so the framework does not see the ids of the address.
    static void AddRouteParameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (var name in path.Split('/').Where(part => part is ['{', .., '}']).Select(part => part[1..^1].Split(':')[0]))
        {
            if (operation.Parameters.All(parameter => parameter.Name != name))
            {
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            }
        }
    }

    static void AddHeaders(OpenApiOperation operation, string? method)
    {
        if (!IsChange(method))
        {
            return;
        }

        operation.Parameters!.Add(Header("Idempotency-Key", "Give the same key with the same request again, within a day, and it is done once and answered the same."));
        if (method is "PUT" or "PATCH")
        {
            operation.Parameters.Add(Header("If-Match", "The ETag of the version that the change is meant for; 412 when it is no longer the newest."));
        }
    }

    static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    static void AddExamples(OpenApiOperation operation, IEnumerable<ApiExample> examples)
    {
        foreach (var example in examples)
        {
            var content = example.Status is { } status
                ? operation.Responses?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)].Content
                : operation.RequestBody?.Content;
            if (content is not null && content.TryGetValue("application/json", out var media))
            {
                media.Example = JsonNode.Parse(example.Json);
            }
        }
    }

    static string Role(string? policy) => policy switch
    {
        Policies.Platform => "platform",
        Policies.PlatformOrOwner => "platform, or owner of the tenant",
        Policies.Operator => "operator or owner",
        Policies.Viewer => "viewer, operator or owner",
        _ => "any",
    };
}
