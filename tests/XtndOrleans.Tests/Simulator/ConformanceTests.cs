using System.Text.Json.Nodes;

namespace XtndOrleans.Tests.Simulator;

/// <summary>The simulator against fixtures written after recordings of a real store.</summary>
public sealed class ConformanceTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Simulator", "Fixtures");

    public static TheoryData<string, string> Names()
    {
        var names = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order())
        {
            foreach (var exchange in Exchange.Of(file)) names.Add(Path.GetFileNameWithoutExtension(file), exchange.Name);
        }
        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_simulator_answers_as_the_store_did(string file, string name)
    {
        var exchange = Exchange.Of(Path.Combine(folder, file + ".json")).Single(exchange => exchange.Name == name);
        var token = exchange.Request.User is { } user ? await simulator.Token(user) : null;
        using var request = exchange.Request.ToMessage(token);
        using var answer = await simulator.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(exchange.Expect.Status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {body}");
        Assert.Equal(exchange.Expect.ContentType, answer.Content.Headers.ContentType?.ToString());
        if (exchange.Expect.Body is not null) Shape.Same(exchange.Expect.Body, JsonNode.Parse(body));
    }
}
