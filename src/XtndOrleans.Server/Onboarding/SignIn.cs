using System.Net;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Tenants;

namespace XtndOrleans.Server.Onboarding;

/// <summary>The tenant and the key that the onboarding works with: those of last time, or new ones.</summary>
internal sealed class SignIn(ApiClient api, HomeFolder home, string platformKey, Screen screen, TimeProvider clock)
{
    const string TenantName = "Demo";
    static readonly TimeSpan ErasureLimit = TimeSpan.FromSeconds(15);
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    string? made;

    /// <summary>Makes the next calls with a key that works.</summary>
    public async Task Enter()
    {
        if (home.Read(HomeFolder.ApiKey) is { } kept)
        {
            if (await Works(kept))
            {
                return;
            }

            screen.Say($"The API key in {home.Path(HomeFolder.ApiKey)} no longer works; a new one takes its place.");
        }

        if (platformKey is "")
        {
            throw new OnboardException("There is no API key yet. To make one, give the server's platform key in Xtnd__PlatformKey.");
        }

        api.Key = platformKey;
        var tenant = await Tenant();
        var key = await api.Post<NewApiKey>($"tenants/{tenant}/keys", new { Name = "run.sh", Role = "owner" });
        home.Write(HomeFolder.Tenant, tenant);
        home.Write(HomeFolder.ApiKey, key.Key);
        api.Key = key.Key;
    }

    /// <summary>A link that signs in to the page once; null when the key at hand may not make one.</summary>
    public async Task<SignInLinkView?> Link()
    {
        try
        {
            return home.Read(HomeFolder.Tenant) is { } tenant ? await api.Post<SignInLinkView>($"tenants/{tenant}/sign-in-links", new { Role = "owner" }) : null;
        }
        catch (ApiException refused) when (refused.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Takes back what <see cref="Enter"/> has made.</summary>
    public async Task Undo()
    {
        if (made is null)
        {
            return;
        }

        home.Forget(HomeFolder.ApiKey);
        home.Forget(HomeFolder.Tenant);
        api.Key = platformKey;
        await api.Delete($"tenants/{made}");
        var began = clock.GetTimestamp();
        while (await Exists(made) && clock.GetElapsedTime(began) < ErasureLimit)
        {
            await Task.Delay(BetweenLooks, clock);
        }
    }

    async Task<bool> Works(string key)
    {
        api.Key = key;
        try
        {
            await api.Get<ListPage<ConnectionView>>("connections?limit=1");
            return true;
        }
        catch (ApiException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return false;
        }
    }

    async Task<string> Tenant()
    {
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await api.Get<ListPage<TenantView>>($"tenants?limit=1000{(cursor is "" ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            if (page.Items.FirstOrDefault(tenant => tenant is { Name: TenantName, ErasingSince: null }) is { } found)
            {
                return found.Id;
            }

            cursor = page.Next;
        }

        made = (await api.Post<TenantView>("tenants", new { Name = TenantName })).Id;
        return made;
    }

    async Task<bool> Exists(string tenant)
    {
        try
        {
            await api.Get<TenantView>($"tenants/{tenant}");
            return true;
        }
        catch (ApiException gone) when (gone.Status is HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
