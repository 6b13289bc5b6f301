using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Faults;

/// <summary>JSON that ends in the middle, breaks off, is empty, or is an error in a list's place.</summary>
public sealed class TruncatedAnswerTests(FaultWorld world)
{
    public static MatrixTheoryData<string, FaultKind> Forms =>
        new(EveryEntity.Names, [FaultKind.Truncated, FaultKind.Broken, FaultKind.Empty, FaultKind.ErrorObject]);

    [Theory, MemberData(nameof(Forms))]
    public async Task Half_an_answer_is_no_answer(string entity, FaultKind form)
    {
        var shop = await world.Open();
        shop.Store.Faults.Add(new Fault(form) { Path = entity, After = 2, Times = 2 });

        Assert.Equal(2, (await shop.Succeed(entity)).Retries);
        await shop.AssertWhole(entity);
    }

    [Theory]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.Empty)]
    [InlineData(FaultKind.ErrorObject)]
    public async Task A_store_that_gives_nothing_else_fails_the_run_in_bounded_requests_and_deletes_nothing(FaultKind form)
    {
        var shop = await world.Open();
        await shop.Succeed(Entities.Product);
        shop.Store.Traffic.Reset();
        shop.Store.Faults.Add(new Fault(form) { Path = Entities.Product, After = 2 });

        await shop.Fail(Entities.Product, "full");

        Assert.InRange(shop.Traffic.Requests, 1, 200);
        await shop.AssertWhole(Entities.Product);
    }
}
