using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Syncs;
using ConnectionOptions = XtndOrleans.Engine.Connections.ConnectionOptions;

namespace XtndOrleans.Tests.Engine;

/// <summary>Settings with which no run would ever end well are refused, not tried.</summary>
public sealed class EngineOptionsTests
{
    [Theory]
    [InlineData("Xtnd:Connections:LeaseTime", "00:00:00")]
    [InlineData("Xtnd:Connections:TurnWait", "-1")]
    [InlineData("Xtnd:Connections:TurnWait", "00:01:00")]
    [InlineData("Xtnd:Connections:FirstBreak", "-00:00:01")]
    [InlineData("Xtnd:Connections:FirstBreak", "00:02:00")]
    [InlineData("Xtnd:Connections:MaximumBreak", "00:00:00")]
    [InlineData("Xtnd:Connections:MaximumConcurrency", "1")]
    [InlineData("Xtnd:Connections:UnknownTokenLife", "00:00:00")]
    [InlineData("Xtnd:Egress:RequestLimit", "00:05:00")]
    [InlineData("Xtnd:Sync:Overlap", "-00:10:00")]
    [InlineData("Xtnd:Sync:ClockLag", "-1")]
    [InlineData("Xtnd:Sync:Patience", "-1")]
    [InlineData("Xtnd:Sync:CredentialPatience", "-1")]
    [InlineData("Xtnd:Sync:FirstWait", "-00:00:01")]
    [InlineData("Xtnd:Sync:FirstWait", "00:02:00")]
    public void A_setting_that_cannot_be_is_named(string setting, string value)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Read(setting, value));
        Assert.Contains(setting.Split(':')[^1], wrong.Message);
    }

    [Fact]
    public void The_defaults_can_be() => Read("Xtnd:Connections:LeaseTime", "00:03:00");

    static void Read(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddEngine();
        services.AddOptions<ConnectorOptions>().BindConfiguration(ConnectorOptions.Section);
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<ConnectionOptions>>().Value;
        _ = provider.GetRequiredService<IOptions<SyncOptions>>().Value;
    }
}
