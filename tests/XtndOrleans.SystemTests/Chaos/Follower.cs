using System.Text.Json.Nodes;

namespace XtndOrleans.SystemTests.Chaos;

/// <summary>Somebody who reads an entity's change feed and keeps what it says.</summary>
internal sealed class Follower(ChaosWorld world, string entity)
{
    long after;

    /// <summary>External id to body; null for what was deleted.</summary>
    public Dictionary<string, string?> Records { get; } = [];

    /// <summary>Reads on to the end of the feed.</summary>
    public async Task Read()
    {
        var more = true;
        while (more)
        {
            var part = await world.Ask(api => api.Get($"connections/{world.Connection}/changes/{entity}?after={after}&limit=200"));
            foreach (var change in part["items"]!.AsArray())
            {
                Records[(string)change!["externalId"]!] = (string)change["op"]! == "delete" ? null : change["body"]!.ToJsonString();
            }

            (after, more) = ((long)part["next"]!, (bool)part["more"]!);
        }
    }

    /// <summary>A body in the form in which this keeps it.</summary>
    public static string Plain(string body) => JsonNode.Parse(body)!.ToJsonString();
}
