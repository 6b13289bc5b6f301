using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Server.Connections;

namespace XtndOrleans.Tests.Pages;

/// <summary>What a change of a connection sends on, and what it leaves as it is.</summary>
public sealed class EditConnectionTests : IDisposable
{
    const int SecondFactor = 0;
    const int Integration = 1;

    readonly ServiceProvider services = new ServiceCollection()
        .AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton(TimeProvider.System).AddConnectors().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public void What_was_not_typed_is_not_sent()
    {
        var form = Form(SignInKinds.Password);
        Assert.True(form.IsRight());
        Assert.Equal(new ConnectionPatch(null, null, null, null, null) { IfVersion = 7 }, form.Patch);
    }

    [Fact]
    public void A_new_secret_is_sent_and_an_empty_one_keeps_the_old()
    {
        var form = Form(SignInKinds.Password);
        form.Type("name", "Lamps");
        form.Type("secret", " new ");
        Assert.Equal(new ConnectionPatch("Lamps", null, null, " new ", null) { IfVersion = 7 }, form.Patch);
        form.Type("secret", "");
        Assert.Null(form.Patch.Secret);
        Assert.True(form.IsRight());
    }

    [Fact]
    public void What_is_wrong_is_told_beside_its_field_once_it_was_left()
    {
        var form = Form(SignInKinds.Password);
        form.Type("apiUrl", "shop");
        form.Type("accessToken", "");
        Assert.Null(form.Problem("apiUrl"));
        form.Leave("apiUrl");
        Assert.NotNull(form.Problem("apiUrl"));
        Assert.Null(form.Problem("accessToken"));
        Assert.False(form.IsRight());
        Assert.NotNull(form.Problem("accessToken"));
    }

    [Fact]
    public void A_second_factor_can_be_added_to_the_password_that_is_saved()
    {
        var form = Form(SignInKinds.Password);
        form.ChooseSignIn(SecondFactor);
        Assert.False(form.IsRight());
        form.Type("auth.totpSecret", "JBSWY3DPEHPK3PXP");
        Assert.True(form.IsRight());
        Assert.Equal(new ConnectionPatch(null, null, "admin", null, null) { IfVersion = 7, Auth = new(SignInKinds.Password, "JBSWY3DPEHPK3PXP", null, null, null, null) }, form.Patch);
    }

    [Fact]
    public void An_integration_is_given_whole_and_takes_the_place_of_the_password()
    {
        var form = Form(SignInKinds.Password);
        form.ChooseSignIn(Integration);
        form.Type("auth.consumerKey", "a");
        form.Type("auth.consumerSecret", "b");
        form.Type("auth.accessToken", "c");
        Assert.False(form.IsRight());
        Assert.NotNull(form.Problem("auth.accessTokenSecret"));
        form.Type("auth.accessTokenSecret", "d");
        Assert.True(form.IsRight());
        Assert.Equal(new ConnectionPatch(null, null, null, null, null) { IfVersion = 7, Auth = new(SignInKinds.Integration, null, "a", "b", "c", "d") }, form.Patch);
    }

    [Fact]
    public void An_integration_stays_unless_another_way_is_chosen()
    {
        var form = Form(SignInKinds.Integration);
        Assert.Equal(["name", "apiUrl"], form.Fields.Select(field => field.Name));
        Assert.True(form.IsRight());
        Assert.Null(form.Patch.Auth);
        form.ChooseSignIn(EditConnection.OwnFields);
        Assert.False(form.IsRight());
        form.Type("accessToken", "admin");
        form.Type("secret", "s");
        Assert.True(form.IsRight());
        Assert.Equal(("admin", "s", SignInKinds.Password), (form.Patch.AccessToken, form.Patch.Secret, form.Patch.Auth!.Kind));
    }

    [Fact]
    public void Another_address_asks_for_the_whole_integration_again()
    {
        var form = Form(SignInKinds.Integration);
        form.Type("apiUrl", "https://other.example/rest/V1");
        Assert.True(form.IsRight());
        Assert.True(form.Show(new Dictionary<string, string[]> { ["auth"] = ["Type the secret again: with the new address it will be sent to another host."] }));
        Assert.Equal(Integration, form.SignIn);
        string[] values = ["auth.consumerKey", "auth.consumerSecret", "auth.accessToken", "auth.accessTokenSecret"];
        Assert.Equal(["name", "apiUrl", .. values], form.Fields.Select(field => field.Name));
        Assert.All(values, field => Assert.StartsWith("Type the secret again", form.Problem(field)));
        Assert.All(values, field => form.Type(field, "a"));
        Assert.All(values, field => Assert.Null(form.Problem(field)));

        Assert.True(form.IsRight());
        Assert.Equal(new AuthDraft(SignInKinds.Integration, null, "a", "a", "a", "a"), form.Patch.Auth);
    }

    [Fact]
    public void Another_address_asks_for_the_second_factor_again_and_keeps_the_password_that_was_typed()
    {
        var form = Form(SignInKinds.Password);
        form.Type("apiUrl", "https://other.example/rest/V1");
        form.Type("secret", "again");
        Assert.True(form.Show(new Dictionary<string, string[]> { ["auth.totpSecret"] = ["Type the secret again: with the new address it will be sent to another host."] }));
        Assert.Equal(SecondFactor, form.SignIn);
        Assert.StartsWith("Type the secret again", form.Problem("auth.totpSecret"));
        form.Type("auth.totpSecret", "JBSWY3DPEHPK3PXP");
        Assert.True(form.IsRight());
        Assert.Equal(("admin", "again", "JBSWY3DPEHPK3PXP"), (form.Patch.AccessToken, form.Patch.Secret, form.Patch.Auth!.TotpSecret));
    }

    [Fact]
    public void What_is_wrong_stands_beside_its_field_or_is_said_otherwise()
    {
        var form = Form(SignInKinds.Password);
        Assert.True(form.Show(new Dictionary<string, string[]> { ["secret"] = ["Type the secret again."], ["timeZone"] = ["No."] }));
        Assert.Equal(EditConnection.AsItIs, form.SignIn);
        Assert.False(form.Show(new Dictionary<string, string[]> { ["auth.kind"] = ["Magento has no such way to sign in."] }));
    }

    EditConnection Form(string kind)
    {
        var catalog = services.GetRequiredService<ConnectorCatalog>();
        var connection = new ConnectionView(
            "0199f3a1c2b47d5e8a6f0b1c2d3e4f52", "magento", "Main store", "https://shop.example/rest/V1", kind == SignInKinds.Password ? "admin" : "…4f52", true, "Europe/Stockholm",
            "verified", null, null, null, default, default, [])
        { Version = 7, Auth = new(kind, null) };
        return new(connection, catalog["magento"].Description, new(null!, catalog, TimeProvider.System));
    }
}
