using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>The form itself: the ways to sign in to a store, and what it says of wrong input beside the field.</summary>
[Collection<OneServer>]
public sealed class SignInWayTests(Chromium chromium, BrowserWorld world) : BrowserTest(chromium, world)
{
    const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    Uri Shop => new($"{World.World.Simulator.StoreAddress()}/rest/V1");

    [Fact]
    public async Task What_is_wrong_with_a_field_is_said_under_it_when_it_is_left_and_goes_when_it_is_mended()
    {
        var (tab, form) = await OpenForm();
        await Expect(tab.Page.GetByRole(AriaRole.Complementary, new() { Name = "Where do I find these?" })).ToContainTextAsync("Password of Current User");
        await Says("Access token", "", "This must not be empty.");
        await Says("API URL", "shop.example", "Type https:// (or http://) in front of the address");
        await Says("API URL", "https://anna:word@shop.example/rest/V1", "Take the user name and the password out of the address");
        await Says("API URL", "ftp://shop.example", "The address must begin with https:// or http://");
        await tab.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await Says("Time zone", "Europe/Atlantis", "Europe/Atlantis");
        await form.Field("API URL").FillAsync("https://shop.example");
        await Expect(form.Under("API URL")).ToContainTextAsync("URL of your online store");
        await form.Verify.ClickAsync();
        await Expect(form.Under("Secret")).ToContainTextAsync("This must not be empty.");
        await Expect(form.Field("Time zone")).ToHaveValueAsync("Europe/Atlantis");
        await tab.AssertAccessible();

        async Task Says(string label, string typed, string problem)
        {
            await form.Field(label).FillAsync(typed);
            await form.Field(label).BlurAsync();
            await Expect(form.Under(label)).ToContainTextAsync(problem);
            await Expect(form.Field(label)).ToHaveAttributeAsync("aria-invalid", "true");
        }
    }

    [Fact]
    public async Task An_integration_is_connected_with_its_four_values_and_what_was_typed_before_is_kept()
    {
        var account = World.World.Store.Integrations.Add();
        var (tab, form) = await OpenForm();
        await form.Fill(Shop);
        await form.SignInWith("Integration");
        await Expect(form.Field("Secret")).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByText("System > Extensions > Integrations").First).ToBeVisibleAsync();
        await form.Field("Consumer key").FillAsync("two words");
        await form.Field("Consumer key").BlurAsync();
        await Expect(form.Under("Consumer key")).ToContainTextAsync("This must be one word");
        await form.Field("Consumer key").FillAsync(account.ConsumerKey);
        await form.Field("Consumer secret").FillAsync(account.ConsumerSecret);
        await form.Field("Access token").FillAsync(account.AccessToken);

        await form.SignInWith("User name and password");
        await Expect(form.Field("Access token")).ToHaveValueAsync("admin");
        await Expect(form.Field("Secret")).ToHaveValueAsync("Admin123demo");
        await form.SignInWith("Integration");
        await Expect(form.Field("Consumer key")).ToHaveValueAsync(account.ConsumerKey);
        await Expect(form.Field("Consumer key")).ToHaveAttributeAsync("type", "password");
        await form.Field("Access token secret").FillAsync(account.AccessTokenSecret);
        await form.Verify.ClickAsync();
        await Expect(form.Made("127.0.0.1 is connected")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_user_with_a_second_factor_is_connected_with_its_secret()
    {
        World.World.Store.Users.Add("careful", "Admin123demo").TotpSecret = Secret;
        var (_, form) = await OpenForm();
        await form.SignInWith("User with a second factor");
        await form.Field("User name").FillAsync("careful");
        await form.Field("API URL").FillAsync(Shop.AbsoluteUri);
        await form.Field("Password").FillAsync("Admin123demo");
        await form.Field("TOTP secret").FillAsync("123456");
        await form.Verify.ClickAsync();
        await Expect(form.Under("TOTP secret")).ToContainTextAsync("It is not the code of six digits.");
        await form.Field("TOTP secret").FillAsync(Secret);
        await form.Verify.ClickAsync();
        await Expect(form.Made("127.0.0.1 is connected")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_alone_that_the_store_does_not_take_says_which_setting_opens_it()
    {
        var (tab, form) = await OpenForm();
        await form.SignInWith("Integration, access token alone");
        await Expect(form.Field("Secret")).ToHaveCountAsync(0);
        await form.Field("API URL").FillAsync(Shop.AbsoluteUri);
        await form.Field("Access token").FillAsync(World.World.Store.Integrations.Add().AccessToken);
        await form.Verify.ClickAsync();
        await Expect(form.Lines.Filter(new() { HasText = "refused the access token" })).ToContainTextAsync("enable_integration_as_bearer 1");
        World.World.Store.Settings.IntegrationTokensAsBearer = true;
        try
        {
            await form.Verify.ClickAsync();
            await Expect(form.Made("127.0.0.1 is connected")).ToBeVisibleAsync();
        }
        finally
        {
            World.World.Store.Settings.IntegrationTokensAsBearer = false;
        }

        await tab.AssertAccessible();
    }

    async Task<(Tab Tab, NewConnectionForm Form)> OpenForm()
    {
        var tab = await SignedInAt(NewConnectionForm.Path);
        return (tab, new(tab));
    }
}
