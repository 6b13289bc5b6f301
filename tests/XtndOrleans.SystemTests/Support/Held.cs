using XtndOrleans.Simulator;
using XtndOrleans.Tests.Support;

namespace XtndOrleans.SystemTests.Support;

/// <summary>What the database holds, against what the store has.</summary>
internal static class Held
{
    /// <summary>Rows equal the store's: none lost, none doubled, each with the store's very JSON.</summary>
    public static async Task EqualsTheStore(TestDatabase database, MagentoStore store)
    {
        Assert.Equal(store.Products.All.ToDictionary(row => row.Id.ToString(), Json), await Bodies(database, "product"));
        Assert.Equal(store.Orders.All.ToDictionary(row => row.Id.ToString(), Json), await Bodies(database, "order"));
    }

    /// <summary>Products alone.</summary>
    public static async Task ProductsEqualTheStore(TestDatabase database, MagentoStore store) =>
        Assert.Equal(store.Products.All.ToDictionary(row => row.Id.ToString(), Json), await Bodies(database, "product"));

    /// <summary>One entity alone.</summary>
    public static async Task EntityEqualsTheStore(TestDatabase database, MagentoStore store, string entity) => Assert.Equal(
        entity switch
        {
            "order" => store.Orders.All.ToDictionary(row => row.Id.ToString(), Json),
            "stock" => store.SourceItems.All.ToDictionary(row => $"{row.SourceCode}:{row.Sku}", Json),
            _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, null),
        },
        await Bodies(database, entity));

    /// <summary>Change numbers run from 1 to the highest handed out, each once, as far as no row was changed twice.</summary>
    public static async Task SeqHasNoGaps(TestDatabase database, string entity)
    {
        Assert.Equal(
            (await database.Scalar($"SELECT string_agg(seq::text, ',' ORDER BY seq) FROM xtnd.{entity}"))?.ToString(),
            (await database.Scalar($"SELECT string_agg(n::text, ',' ORDER BY n) FROM generate_series(1, (SELECT count(*) FROM xtnd.{entity})) n"))?.ToString());
        Assert.Equal(
            await database.Scalar($"SELECT max(seq) FROM xtnd.{entity}"),
            await database.Scalar("SELECT last_seq FROM xtnd.cursor WHERE entity = $1", entity));
    }

    static string Json(Row row) => System.Text.Encoding.UTF8.GetString(row.Json.ToArray());

    static async Task<Dictionary<string, string>> Bodies(TestDatabase database, string entity)
    {
        await using var command = database.DataSource.CreateCommand($"SELECT external_id, body::text FROM xtnd.{entity} WHERE deleted_at IS NULL");
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, string> bodies = [];
        while (await reader.ReadAsync())
        {
            bodies.Add(reader.GetString(0), reader.GetString(1));
        }

        return bodies;
    }
}
