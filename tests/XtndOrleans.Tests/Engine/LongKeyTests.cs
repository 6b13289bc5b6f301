using System.Text;
using XtndOrleans.Connectors;
using static XtndOrleans.Tests.Engine.RunWorld;

namespace XtndOrleans.Tests.Engine;

/// <summary>One absurd key must not stop a store. The letters are drawn, so that no compression makes a long one short.</summary>
public sealed class LongKeyTests : IAsyncLifetime
{
    RunWorld world = null!;

    public async ValueTask InitializeAsync() => world = await Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(0x21, 0x7E, 20_000)] // one byte each
    [InlineData(0x4E00, 0x9FFF, 20_000)] // three
    [InlineData(0x20000, 0x2A6DF, 20_000)] // four, as surrogate pairs
    [InlineData(0x4E00, 0x9FFF, 500)] // the longest that is kept whole
    public async Task A_record_with_a_key_of_any_length_is_written_and_its_body_whole(int from, int to, int letters)
    {
        var key = Key(from, to, letters);
        await Write(key);
        Assert.Equal(key, await world.Row("SELECT body->>'sku' FROM xtnd.product"));
        var kept = await world.Row("SELECT sku FROM xtnd.product");
        Assert.Equal(key[..Math.Min(key.Length, 500)], kept);
    }

    [Fact]
    public async Task A_letter_that_the_end_of_the_key_would_halve_stops_nothing()
    {
        await Write("x" + Key(0x20000, 0x2A6DF, 1000));
        var kept = await world.Row("SELECT sku FROM xtnd.product");
        Assert.DoesNotContain(kept[..^1], letter => letter == '\uFFFD');
        Assert.Equal(500, kept.Length);
    }

    async Task Write(string key)
    {
        var run = await world.Begin();
        var position = await world.TakeOver(run);
        var json = $$"""{"id":1,"sku":"{{key.Replace("\\", "\\\\").Replace("\"", "\\\"")}}"}""";
        Assert.Equal(1, (await world.Commit(run, position!.Epoch, last: true, Product(1, new ProductFields { Sku = key }, json))).Inserted);
    }

    static string Key(int from, int to, int letters)
    {
        var random = new Random(1);
        return Enumerable.Range(0, letters).Aggregate(new StringBuilder(), (text, _) => text.Append(new Rune(random.Next(from, to + 1)).ToString())).ToString();
    }
}
