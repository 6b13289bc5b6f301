using System.Text.RegularExpressions;
using XtndOrleans.BrowserTests.Support;

namespace XtndOrleans.BrowserTests.Connections;

/// <summary>A connection's own page: what a merchant sees and does there.</summary>
public sealed partial class ConnectionPageTests(Chromium chromium, ConnectionWorld world) : BrowserTest(chromium, world), IClassFixture<ConnectionWorld>
{
    [Fact]
    public async Task The_page_tells_what_the_store_is_and_reads_an_entity_now()
    {
        var (id, store) = await world.Connect("Lamps");
        var tab = await Show(id);
        foreach (var fact in (string[])["Magento", "admin", "2.4", "Lamps"])
        {
            await Expect(tab.Page.GetByRole(AriaRole.Main).GetByText(fact).First).ToBeVisibleAsync();
        }

        await Expect(Card(tab, "Products")).ToContainTextAsync("Inactive");
        await Expect(Card(tab, "Products")).ToContainTextAsync("not compared with the store yet");
        await Press(tab, "Run now: Products");
        await Expect(Card(tab, "Products")).ToContainTextAsync("Finished");
        await Expect(Card(tab, "Products")).ToContainTextAsync("120 records");
        await Expect(Card(tab, "Products")).ToContainTextAsync("The store says 120, we hold 120");

        var page = store.Gates.HoldNext("products");
        await Press(tab, "Run now: Products");
        await Press(tab, "More: Products");
        foreach (var later in (string[])["Full read… (once this run has ended)", "Rewind… (once this run has ended)"])
        {
            await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = later })).ToBeDisabledAsync();
        }

        await tab.AssertAccessible();
        page.Release();
        await Expect(Card(tab, "Products")).ToContainTextAsync("Finished");
        store.Catalog.Rename(store.Products.All[0].Id, "Renamed");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Rewind…", Exact = true }).ClickAsync();
        var rewind = Dialog(tab, "Rewind Products");
        await rewind.GetByLabel("Date").FillAsync("2000-01-01");
        await rewind.GetByRole(AriaRole.Button, new() { Name = "How much would that be?" }).ClickAsync();
        await Expect(rewind.GetByRole(AriaRole.Status)).ToHaveTextAsync("120 of 120 records would be read again.");
        await tab.AssertAccessible();
        await rewind.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(Card(tab, "Products")).ToContainTextAsync("1 changed");
        await Sound(tab);
    }

    [Fact]
    public async Task A_schedule_is_edited_and_its_next_ten_runs_follow_what_is_typed()
    {
        var (id, _) = await world.Connect("Clocks");
        var tab = await Show(id);
        await Press(tab, "Edit schedule: Products");
        var dialog = Dialog(tab, "External system connectors");
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Product", Exact = true })).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Daily")).ToBeCheckedAsync();
        await Expect(dialog.GetByText("Inactive. Once active")).ToBeVisibleAsync();
        await Expect(Ahead(dialog)).ToHaveCountAsync(10);

        var spring = LastSundayOfMarch(TimeProvider.System.GetUtcNow().Year + 1);
        await dialog.GetByLabel("Start date").FillAsync($"{spring:yyyy-MM-dd}");
        await dialog.GetByLabel("Time of day").FillAsync("02:30");
        await dialog.GetByLabel("Time zone").FillAsync("Europe/Stockholm");
        await dialog.GetByLabel("Active", new() { Exact = true }).CheckAsync();
        await Expect(Ahead(dialog).First).ToHaveTextAsync($"Sun {spring:d MMM yyyy} 03:00 moved 02:30 to 03:00, clocks change");
        await Expect(Ahead(dialog).Nth(1)).ToHaveTextAsync($"Mon {spring.AddDays(1):d MMM yyyy} 02:30");
        await dialog.GetByLabel("Hourly").CheckAsync();
        await Expect(Ahead(dialog).First).ToHaveTextAsync($"Sun {spring:d MMM yyyy} 03:30 no run at 02:30: clocks go forward");
        await Expect(Ahead(dialog).Nth(1)).ToHaveTextAsync($"Sun {spring:d MMM yyyy} 04:30");
        await dialog.GetByLabel("Weekly").CheckAsync();
        await Expect(Ahead(dialog).Nth(1)).ToHaveTextAsync($"Sun {spring.AddDays(7):d MMM yyyy} 02:30");

        await dialog.GetByLabel("Time zone").FillAsync("Mars/Olympus");
        await dialog.GetByLabel("Time of day").FocusAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not a time zone");
        await Expect(Ahead(dialog)).ToHaveCountAsync(0);
        await dialog.GetByLabel("Time zone").FillAsync("Europe/Stockholm");
        await tab.AssertAccessible();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Card(tab, "Products")).ToContainTextAsync("Weekly on Sunday at 02:30 (Europe/Stockholm)");
        await Expect(dialog).ToHaveCountAsync(0);

        var saved = await world.Owner.Get($"connections/{id}/schedules/product");
        Assert.Equal($"weekly true {spring:yyyy-MM-dd} 02:30 Europe/Stockholm", $"{saved["frequency"]} {saved["active"]} {saved["startDate"]} {saved["timeOfDay"]} {saved["timeZone"]}");
        await tab.GoTo($"/settings/connectors/{id}?schedule=product");
        await Expect(dialog.GetByLabel("Weekly")).ToBeCheckedAsync();
        await Expect(dialog.GetByLabel("Time of day")).ToHaveValueAsync("02:30");
        await Expect(dialog.GetByLabel("Active", new() { Exact = true })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task What_somebody_else_saved_meanwhile_is_told_and_nothing_typed_is_lost()
    {
        var (id, _) = await world.Connect("Two people");
        var tab = await Show(id);
        await Press(tab, "Edit schedule: Orders");
        var dialog = Dialog(tab, "External system connectors");
        await dialog.GetByLabel("Time of day").FillAsync("20:15");
        await world.Owner.Put($"connections/{id}/schedules/order", new { frequency = "daily", active = true, startDate = "2026-01-01", timeOfDay = "09:00" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByText("Somebody changed this schedule meanwhile: Daily at 09:00.")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Time of day")).ToHaveValueAsync("20:15");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use theirs" }).ClickAsync();
        await Expect(dialog.GetByLabel("Time of day")).ToHaveValueAsync("09:00");
        await Expect(dialog.GetByLabel("Daily")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task The_schedule_dialog_works_by_keyboard_alone_and_gives_the_focus_back()
    {
        var (id, _) = await world.Connect("Keys");
        var tab = await Show(id);
        var button = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit schedule: Products" });
        await button.FocusAsync();
        await Keys(tab, "Enter");
        var dialog = Dialog(tab, "External system connectors");
        await Expect(dialog.GetByLabel("Daily")).ToBeVisibleAsync();
        await HasFocus(dialog);
        await Keys(tab, "Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();

        await Keys(tab, "Enter");
        await HasFocus(dialog);
        await TabTo(tab, dialog.GetByLabel("Daily"));
        await Keys(tab, "ArrowRight");
        await Expect(dialog.GetByLabel("Weekly")).ToBeCheckedAsync();
        await TabTo(tab, dialog.GetByLabel("Active", new() { Exact = true }));
        await Keys(tab, "Space");
        await TabTo(tab, dialog.GetByLabel("Time of day"));
        await tab.Page.Keyboard.TypeAsync("0805AM");
        await Expect(Ahead(dialog).First).ToContainTextAsync("08:05");
        await Keys(tab, "Enter");
        await Expect(Card(tab, "Products")).ToContainTextAsync(EachWeek());
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_connection_is_verified_activated_paused_and_resumed()
    {
        var (id, _) = await world.Connect("Fresh", verified: false);
        var tab = await Show(id, Look.Phone);
        await Expect(tab.Page.GetByText("This connection must be verified first")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now: Products" })).ToBeDisabledAsync();
        await Sound(tab);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Verify Connection" }).First.ClickAsync();
        await Expect(tab.Page.GetByText("The connection works.")).ToBeVisibleAsync();
        // What a colleague sets meanwhile is what is set active.
        await world.Owner.Put($"connections/{id}/schedules/order", new { frequency = "daily", active = false, startDate = "2026-01-01", timeOfDay = "06:30" });
        await Press(tab, "Set all default schedules active");
        await Expect(Card(tab, "Orders")).ToContainTextAsync("Daily at 06:30");
        await Expect(Card(tab, "Products")).ToContainTextAsync("Daily at 00:00");

        await Press(tab, "Pause");
        var dialog = Dialog(tab, "Pause Fresh");
        await dialog.GetByLabel("Note").FillAsync("Moving to a new server");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(tab.Page.GetByText("Note: Moving to a new server")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now: Products" })).ToBeDisabledAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).First.ClickAsync();
        await Expect(tab.Page.GetByText("Note: Moving to a new server")).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now: Products" })).ToBeEnabledAsync();
        await Sound(tab);
    }

    [Fact]
    public async Task New_credentials_replace_the_old_only_when_the_store_takes_them()
    {
        var (id, _) = await world.Connect("Keyring");
        var tab = await Show(id);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await tab.Page.GetByLabel("Access token").FillAsync("reader");
        await tab.Page.GetByLabel("Secret", new() { Exact = true }).FillAsync("wrong");
        await Press(tab, "Save");
        await Expect(tab.Page.GetByText("The old sign-in is still there and keeps working")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Access token")).ToHaveValueAsync("reader");
        await Sound(tab);
        Assert.Equal("admin verified", await SignIn(id));

        await tab.Page.GetByLabel("Secret", new() { Exact = true }).FillAsync("Reader123demo");
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Key chain");
        await Press(tab, "Save");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Key chain" })).ToBeVisibleAsync();
        Assert.Equal("reader verified", await SignIn(id));
    }

    [Fact]
    public async Task Another_address_asks_for_what_is_saved_once_more_beside_its_fields()
    {
        var made = await world.Owner.Post("connections", new
        {
            system = "magento",
            name = "Moving",
            apiUrl = "https://shop.example/rest/V1",
            auth = new { kind = "integration", consumerKey = "a", consumerSecret = "b", accessToken = "c", accessTokenSecret = "d" },
        });
        var tab = await SignedInAt($"/settings/connectors/{made["id"]}/edit");
        await Expect(tab.Page.GetByLabel("Consumer key")).ToHaveCountAsync(0);
        await tab.Page.GetByLabel("API URL").FillAsync("https://other.example/rest/V1");
        await Press(tab, "Save");
        await Expect(tab.Page.GetByText("Type the secret again: with the new address it will be sent to another host.")).ToHaveCountAsync(4);
        await Expect(tab.Page.GetByLabel("Consumer key")).ToBeEnabledAsync();
        await Expect(tab.Page.GetByLabel("Sign in with")).ToHaveValueAsync("1");
        await Sound(tab);
    }

    [Fact]
    public async Task Much_that_is_gone_at_once_waits_for_a_person_and_a_deletion_for_the_name()
    {
        var (id, store) = await world.Connect("Clearance");
        await world.Owner.End(id, await world.Owner.Run(id, "product"));
        store.Catalog.Delete([.. store.Products.All.Take(70).Select(row => row.Id)]);
        await world.Owner.End(id, await world.Owner.Run(id, "product", "full"));
        var tab = await Show(id);
        await Expect(Card(tab, "Products")).ToContainTextAsync("120 records");
        await Press(tab, "The deletions are right");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Read again and delete" }).ClickAsync();
        await Expect(Card(tab, "Products")).ToContainTextAsync("70 deleted");
        await Expect(Card(tab, "Products")).ToContainTextAsync("The store says 50, we hold 50");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "The deletions are right" })).ToHaveCountAsync(0);

        await Press(tab, "Delete");
        var dialog = Dialog(tab, "Delete Clearance");
        await Expect(dialog).ToContainTextAsync("50 records of the store");
        await dialog.GetByLabel("Type Clearance to delete it").FillAsync("clear");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(dialog.GetByText("This is not its name.")).ToBeVisibleAsync();
        await tab.AssertAccessible();
        await dialog.GetByLabel("Type Clearance to delete it").FillAsync("Clearance");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/settings/connectors$"));
        await Assert.ThrowsAsync<HttpRequestException>(() => world.Owner.Get($"connections/{id}"));
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_changes_nothing()
    {
        var (id, _) = await world.Connect("Glass");
        var tab = await SignedIn(Look.Phone, (await world.NewKey(world.Owner, "viewer")).Key);
        await tab.GoTo($"/language/sv?return={Uri.EscapeDataString($"/settings/connectors/{id}?schedule=order")}");
        await Expect(Card(tab, "Produkter")).ToContainTextAsync("Inaktivt");
        await Expect(tab.Page.GetByText("Inget schema är aktivt")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Sound(tab);
    }
}
