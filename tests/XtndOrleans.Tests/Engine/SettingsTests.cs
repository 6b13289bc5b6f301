using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XtndOrleans.Connectors;
using XtndOrleans.Connectors.Http;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Database;

namespace XtndOrleans.Tests.Engine;

/// <summary>A bad value stops the start with its key, the value, and what is allowed.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Xtnd:Connections:InitialConcurrency", "0", "1 to 32")]
    [InlineData("Xtnd:Connections:LeaseTime", "-00:00:01", "00:00:01 to 01:00:00")]
    [InlineData("Xtnd:Connections:TurnWait", "00:01:00", "00:00:00 to 00:00:05")]
    [InlineData("Xtnd:Connections:FirstBreak", "-00:00:15", "00:00:00.0500000 to 01:00:00")]
    [InlineData("Xtnd:Egress:ConnectLimit", "00:02:00", "00:00:01 to 00:01:00")]
    [InlineData("Xtnd:Egress:ConnectionsPerHost", "0", "1 to 10000")]
    [InlineData("Xtnd:Retention:History", "1.00:00:00", "1.01:00:00 to 36500.00:00:00")]
    [InlineData("Xtnd:Sync:Overlap", "-00:10:00", "00:00:00 to 30.00:00:00")]
    [InlineData("Xtnd:Sync:PageSize", "5000", "0 to 1000")]
    [InlineData("Xtnd:Sync:Patience", "30.00:00:00", "00:00:00 to 7.00:00:00")]
    [InlineData("Xtnd:Sync:TenantShare", "1.5", "0.01 to 1")]
    public void A_value_outside_its_range_is_named(string key, string value, string allowed)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Validate((key, value)));
        Assert.Equal($"{key} is '{value}'. Allowed: {allowed}.", Assert.Single(failure.Failures, problem => problem.Contains("Allowed: ")));
    }

    /// <summary>With these no run would ever end well.</summary>
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
        var wrong = Assert.Throws<OptionsValidationException>(() => Validate((setting, value)));
        Assert.Contains(setting.Split(':')[^1], wrong.Message);
    }

    [Fact]
    public void The_usual_values_are_allowed() => Validate();

    [Fact]
    public void The_embedded_database_is_held_to_its_ranges_too() => Assert.Equal(
        ["Xtnd:Embedded:Port is '70000'. Allowed: 0 to 65535.", "Xtnd:Embedded:StartLimit is '00:00:00'. Allowed: 00:00:01 to 1.00:00:00."],
        SettingsValidation.Problems("Xtnd:Embedded", new EmbeddedPostgresOptions { Port = 70000, StartLimit = TimeSpan.Zero }));

    static void Validate(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddEngine();
        services.AddOptions<ConnectorOptions>().BindConfiguration(ConnectorOptions.Section);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }
}
