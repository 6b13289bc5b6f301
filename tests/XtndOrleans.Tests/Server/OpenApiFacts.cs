using System.Net;
using System.Text.Json.Nodes;

namespace XtndOrleans.Tests.Server;

public sealed class OpenApiFacts
{
    [Fact]
    public async Task Every_route_is_described_with_its_answers_examples_and_key()
    {
        var world = await ApiWorld.Shared;
        var document = (await world.Client(null).Get("/openapi/v1.json")).Body;
        Assert.StartsWith("3.", document["openapi"]!.GetValue<string>());
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]!.GetValue<string>());
        foreach (var route in ApiRoute.All(world))
        {
            var path = "/api/v1/" + route.Pattern.Replace(":guid", "");
            var operation = document["paths"]![path]?[route.Method.Method.ToLowerInvariant()];
            Assert.True(operation is not null, $"{route} is not described");
            Assert.False(string.IsNullOrEmpty(operation["summary"]?.GetValue<string>()), $"{route} has no summary");
            Assert.Contains("Role:", operation["description"]!.GetValue<string>());
            Assert.NotNull(operation["security"]![0]!["apiKey"]);
            Assert.Equal(
                route.Pattern.Split('{').Skip(1).Select(part => part.Split('}', ':')[0]).Order(),
                operation["parameters"]?.AsArray().Where(p => p!["in"]!.GetValue<string>() == "path").Select(p => p!["name"]!.GetValue<string>()).Order() ?? Enumerable.Empty<string>());
            HasExamples(route, operation, document);
            string[] ofAll = ["400", "401", "403", "404", "429", "503"];
            string[] ofChanges = ["409", "422"];
            string[] ofBodies = ["413", "415"];
            foreach (var status in ofAll.Concat(route.Method == HttpMethod.Get ? [] : ofChanges).Concat(operation["requestBody"] is null ? [] : ofBodies))
            {
                Assert.Equal("#/components/schemas/ApiProblem", operation["responses"]![status]!["content"]!["application/problem+json"]!["schema"]!["$ref"]!.GetValue<string>());
            }
        }
    }

    [Fact]
    public async Task Every_reference_in_the_document_leads_somewhere()
    {
        var document = (await (await ApiWorld.Shared).Client(null).Get("/openapi/v1.json")).Body;
        var references = document.AsObject().Descend().OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(node => node.GetValue<string>()).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Resolve(document, reference)));
    }

    [Fact]
    public async Task The_page_to_read_it_comes_from_this_server_alone()
    {
        var client = (await ApiWorld.Shared).Client(null);
        var page = await client.GetAsync("/docs", TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("https://", html);
        Assert.DoesNotContain("//cdn", html);
        var scripts = html.Split("src=\"").Skip(1).Select(part => part.Split('"')[0]).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            var answer = await client.GetAsync(new Uri(page.RequestMessage!.RequestUri!, script.StartsWith('/') ? script : "/docs/" + script), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    // An example must say nothing that the schema does not know, leave nothing out that it requires, and every success with a body must have one.
    static void HasExamples(ApiRoute route, JsonNode operation, JsonNode document)
    {
        var successes = operation["responses"]!.AsObject().Where(r => r.Key[0] == '2').SelectMany(r => r.Value!["content"]?.AsObject().ToList() ?? []).ToList();
        var bodies = operation["requestBody"]?["content"]?.AsObject().ToList() ?? [];
        foreach (var (type, media) in successes.Concat(bodies).Where(content => content.Key == "application/json"))
        {
            Assert.True(media!["example"] is JsonObject, $"{route}: no example of {type}");
            Fits(route, media["example"]!, media["schema"]!, document);
        }
    }

    static void Fits(ApiRoute route, JsonNode example, JsonNode schema, JsonNode document)
    {
        schema = schema["$ref"] is { } reference ? Resolve(document, reference.GetValue<string>())! : schema;
        schema = schema["oneOf"]?.AsArray().FirstOrDefault(one => one!["$ref"] is not null) is { } some ? Resolve(document, some["$ref"]!.GetValue<string>())! : schema;
        if (example is JsonArray items && schema["items"] is { } item)
        {
            Assert.All(items, one => Fits(route, one!, item, document));
        }
        else if (example is JsonObject fields && schema["properties"] is JsonObject properties)
        {
            Assert.All(schema["required"]?.AsArray() ?? [], name => Assert.True(fields.ContainsKey(name!.GetValue<string>()), $"{route}: the example lacks '{name}'"));
            foreach (var (name, value) in fields.Where(field => schema["additionalProperties"] is null || properties.ContainsKey(field.Key)))
            {
                Assert.True(properties.ContainsKey(name), $"{route}: the example has '{name}', the schema has not");
                if (value is not null)
                {
                    Fits(route, value, properties[name]!, document);
                }
            }
        }
    }

    static JsonNode? Resolve(JsonNode document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (node, part) => node?[part.Replace("~1", "/").Replace("~0", "~")]);
}

internal static class JsonTree
{
    public static IEnumerable<JsonNode> Descend(this JsonNode node) => (node switch
    {
        JsonObject fields => fields.Select(field => field.Value),
        JsonArray items => items,
        _ => [],
    }).OfType<JsonNode>().SelectMany(child => child.Descend().Prepend(child));
}
