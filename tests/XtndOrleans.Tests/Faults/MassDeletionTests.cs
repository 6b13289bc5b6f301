namespace XtndOrleans.Tests.Faults;

/// <summary>A store that suddenly shows much less than before: a person decides.</summary>
public sealed class MassDeletionTests(FaultWorld world)
{
    const string Suspected = "mass_deletion_suspected";

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task Too_much_at_once_deletes_nothing_until_a_person_confirms(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(70);
        await shop.Succeed(entity);
        shelf.Delete([.. shelf.Ids.Take(51)]);

        Assert.Equal(Suspected, (await shop.Fail(entity, "full")).Code);
        Assert.Equal(70, (await shop.Rows(entity)).Count);
        Assert.Equal(Suspected, (await shop.Fail(entity, "full")).Code);

        Assert.Equal(51, (await shop.Confirm(entity)).Deleted);
        await shop.AssertWhole(entity);
    }

    [Theory, ClassData(typeof(EveryEntity))]
    public async Task Fifty_or_fewer_are_believed(string entity)
    {
        var shop = await world.Open();
        var shelf = shop.Shelf(entity);
        shelf.Count(70);
        await shop.Succeed(entity);
        shelf.Delete([.. shelf.Ids.Take(50)]);

        Assert.Equal(50, (await shop.Succeed(entity, "full")).Deleted);
        await shop.AssertWhole(entity);
    }
}
