using System.Text.Json.Nodes;
using XtndOrleans.Simulator;

namespace XtndOrleans.SystemTests.Chaos;

/// <summary>
/// What happens in the store: in each step of a quarter of a minute records of every entity are changed, added and deleted. Knows of each record whether its last
/// change moved <c>updated_at</c>, so that a delta has to bring it, and which were ever deleted.
/// </summary>
internal sealed class StoreLife
{
    /// <summary>How far the store's clock goes on in a step.</summary>
    public static readonly TimeSpan StepTime = TimeSpan.FromSeconds(15);

    /// <summary>The part of an entity that is ever deleted, in percent: below what a run believes.</summary>
    const int MostDeleted = 12;

    readonly MagentoStore store;
    readonly Random random;
    readonly Dictionary<string, Dictionary<string, string>> known = [];
    readonly Dictionary<string, HashSet<string>> gone = [];
    readonly Dictionary<string, HashSet<string>> quiet = [];
    readonly Stack<(string Sku, string Source)> returning = [];

    public StoreLife(MagentoStore store, int seed)
    {
        this.store = store;
        random = new(seed);
        // Some databases run in a time zone of their own.
        store.Clock.DatabaseOffset = TimeSpan.FromHours(((int[])[0, 2, -7])[seed % 3]);
        foreach (var entity in EntityNames.All)
        {
            (known[entity], gone[entity], quiet[entity]) = (Bodies(entity), [], []);
        }
    }

    public int Changed { get; private set; }

    public int Added { get; private set; }

    public int Deleted { get; private set; }

    /// <summary>External ids of records that the store deleted at some time.</summary>
    public IReadOnlySet<string> Gone(string entity) => gone[entity];

    /// <summary>External ids of records whose last change did not move <c>updated_at</c>.</summary>
    public IReadOnlySet<string> Quiet(string entity) => quiet[entity];

    /// <summary>The store's records now: external id to body.</summary>
    public Dictionary<string, string> Bodies(string entity)
    {
        var records = store.Entity(entity);
        return records.Ids().Select(id => records.Body(id)!).ToDictionary(body => ExternalId(entity, body));
    }

    /// <summary>One step. A change that stays quiet comes before one that moves the time, so that of one step's changes the last is known.</summary>
    public void Step()
    {
        store.Clock.Offset += StepTime;
        Touch(visibly: false);
        Touch(visibly: true);
        Delete();
        Learn();
        Add();
        Learn();
    }

    void Touch(bool visibly)
    {
        foreach (var entity in EntityNames.All)
        {
            var records = store.Entity(entity);
            for (var n = random.Next(4); n > 0; n--)
            {
                Changed += records.Touch(Any(records.Ids()), visibly) ? 1 : 0;
            }
        }
    }

    void Delete()
    {
        foreach (var entity in EntityNames.All.Where(_ => random.Next(2) == 0))
        {
            var records = store.Entity(entity);
            if ((gone[entity].Count + 4) * 100 > records.Count * MostDeleted)
            {
                continue;
            }

            var id = Any(records.Ids());
            if (entity == EntityNames.Stock && store.Settings.MultiSource)
            {
                var item = store.SourceItems.Find(id)!;
                returning.Push((item.Sku, item.SourceCode));
            }

            Deleted += records.Delete(id) ? 1 : 0;
        }
    }

    void Add()
    {
        foreach (var entity in EntityNames.All)
        {
            for (var n = random.Next(3); n > 0; n--)
            {
                store.Entity(entity).Add();
                Added++;
            }
        }

        // A source item that was deleted comes back under its old name.
        if (returning.Count > 0 && random.Next(4) == 0)
        {
            var (sku, source) = returning.Pop();
            store.Stock.Add(sku, source, random.Next(100));
            Added++;
        }
    }

    void Learn()
    {
        foreach (var entity in EntityNames.All)
        {
            var (before, now) = (known[entity], Bodies(entity));
            gone[entity].UnionWith(before.Keys.Where(id => !now.ContainsKey(id)));
            foreach (var (id, body) in now.Where(record => before.TryGetValue(record.Key, out var old) && old != record.Value))
            {
                if (UpdatedAt(body) == UpdatedAt(before[id]))
                {
                    quiet[entity].Add(id);
                }
                else
                {
                    quiet[entity].Remove(id);
                }
            }

            known[entity] = now;
        }
    }

    int Any(IReadOnlyList<int> ids) => ids[random.Next(ids.Count)];

    static string? UpdatedAt(string body) => (string?)JsonNode.Parse(body)!["updated_at"];

    static string ExternalId(string entity, string body)
    {
        var record = JsonNode.Parse(body)!;
        return entity != EntityNames.Stock ? (record["entity_id"] ?? record["id"])!.ToString()
            : record["source_code"] is { } source ? $"{source}:{record["sku"]}" : record["product_id"]!.ToString();
    }
}
