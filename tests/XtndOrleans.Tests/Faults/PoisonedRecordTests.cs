using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>500 on one record: any page that would hold it fails. The rest is read, the record is set aside and comes by itself when it is mended.</summary>
public sealed class PoisonedRecordTests(FaultWorld world)
{
    public static MatrixTheoryData<string, PoisonMode> Forms => new(EntitiesWithDeltas.Names, Enum.GetValues<PoisonMode>());

    [Theory, MemberData(nameof(Forms))]
    public async Task One_record_is_set_aside_and_comes_when_it_is_mended(string entity, PoisonMode form)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(14);
        shop.Store.Poison.Add(entity, shelf.Ids[5], form);

        var run = await shop.Succeed(entity);

        Assert.Equal((13, 1), (run.Inserted, run.Quarantined));
        Assert.Equal([shelf.ExternalId(shelf.Ids[5])], await SetAside(shop, entity));
        var bodies = shelf.Bodies;
        bodies.Remove(shelf.ExternalId(shelf.Ids[5]));
        Assert.Equal(bodies, await shop.Rows(entity));

        shop.Store.Poison.Clear();
        await shop.Succeed(entity);
        Assert.Empty(await SetAside(shop, entity));
        await shop.AssertWhole(entity);
    }

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 13 })]
    [InlineData(new[] { 4, 5, 6, 7 })]
    [InlineData(new[] { 0, 3, 4, 9, 13 })]
    public async Task Several_records_are_set_aside_wherever_they_are(int[] places)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(Entities.Order);
        shelf.Count(14);
        // Ids are not dense in a shop.
        shelf.Delete(shelf.Ids[2], shelf.Ids[8]);
        shelf.Add(2);
        var poisoned = places.Select(place => shelf.Ids[place]).ToList();
        poisoned.ForEach(id => shop.Store.Poison.Add(Entities.Order, id));

        var run = await shop.Succeed(Entities.Order);

        Assert.Equal((14 - places.Length, places.Length), (run.Inserted, run.Quarantined));
        Assert.Equal(poisoned.Select(shelf.ExternalId).Order(StringComparer.Ordinal), await SetAside(shop, Entities.Order));
        shop.Store.Poison.Clear();
        await shop.Succeed(Entities.Order, "full");
        Assert.Empty(await SetAside(shop, Entities.Order));
        await shop.AssertWhole(Entities.Order);
    }

    [Fact]
    public async Task A_record_that_is_held_and_turns_bad_is_neither_lost_nor_deleted()
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(Entities.Order);
        await shop.Succeed(Entities.Order);
        shop.Store.Poison.Add(Entities.Order, shelf.Ids[5]);

        await shop.Succeed(Entities.Order, "full");

        await shop.AssertWhole(Entities.Order);
        Assert.Equal([shelf.ExternalId(shelf.Ids[5])], await SetAside(shop, Entities.Order));
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task A_store_where_everything_fails_is_recognised_and_not_bisected_to_death(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        foreach (var id in shelf.Ids)
        {
            shop.Store.Poison.Add(entity, id);
        }

        Assert.Equal(FailureCodes.StoreError, (await shop.Fail(entity)).Code);

        Assert.InRange(shop.Traffic.Requests, 1, 200);
        Assert.Empty(await SetAside(shop, entity));
        shop.Store.Poison.Clear();
        await shop.Succeed(entity);
        await shop.AssertWhole(entity);
    }

    /// <summary>Source items have no ids to bisect by: the run fails and keeps what it has.</summary>
    [Fact]
    public async Task Stock_with_a_bad_row_fails_with_the_reason_and_is_whole_when_it_is_mended()
    {
        var shop = await world.Open();
        shop.Store.Poison.Add(Entities.Stock, shop.Shelf(Entities.Stock).Last);
        Assert.Equal(FailureCodes.StoreError, (await shop.Fail(Entities.Stock)).Code);
        Assert.NotEmpty(await shop.Rows(Entities.Stock));

        shop.Store.Poison.Clear();
        await shop.Succeed(Entities.Stock);
        await shop.AssertWhole(Entities.Stock);
    }

    static async Task<string[]> SetAside(FaultShop shop, string entity) =>
        (await shop.Text($"SELECT string_agg(external_id, ' ' ORDER BY external_id) FROM xtnd.quarantine WHERE {shop.Mine} AND entity = '{entity}' AND resolved_at IS NULL"))
            .Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
}
