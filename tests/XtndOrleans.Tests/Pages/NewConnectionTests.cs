using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Engine.Schedules;
using XtndOrleans.Engine.Tenants;
using XtndOrleans.Server.Connections;
using XtndOrleans.Server.Pages.Access;

namespace XtndOrleans.Tests.Pages;

/// <summary>What becomes of a connection that somebody is making when something comes in between, and of its schedules.</summary>
public sealed class NewConnectionTests : IDisposable
{
    static readonly Verification Works = new(true, default, 12, [], [], null);

    readonly ServiceProvider services = new ServiceCollection()
        .AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton(TimeProvider.System).AddConnectors().BuildServiceProvider();

    readonly TaskCompletionSource answer = new();
    readonly List<ScheduleDraft> set = [];
    Exception? lost;
    int made;

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task What_works_is_saved_once_and_verified()
    {
        answer.SetResult();
        using var form = Form();
        await form.Verify();
        await form.Verify();
        Assert.Equal((1, true, true), (made, form.Saved is not null, form.IsVerified));
    }

    [Fact]
    public async Task A_verify_that_is_lost_after_the_save_does_not_make_a_second_connection()
    {
        answer.SetResult();
        lost = new InvalidOperationException("The silo died.");
        using var form = Form();
        await form.Verify();
        Assert.Equal((true, false, "shop.example"), (form.Saved is not null, form.IsVerified, form.SavedName));
        Assert.Same(lost, form.Failure);
        await form.Verify();
        await form.Save();
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task Whoever_leaves_while_the_store_is_asked_makes_no_connection()
    {
        var form = Form();
        var verify = form.Verify();
        Assert.False(verify.IsCompleted);
        form.Dispose();
        answer.SetResult();
        await verify;
        form.Dispose();
        Assert.Equal((0, false), (made, form.Saved is not null));
    }

    [Fact]
    public async Task Schedules_are_set_active_as_they_were_read_and_go_on_following_the_connections_zone()
    {
        await Service().Activate(new(Guid.NewGuid(), Guid.NewGuid()), "Europe/Stockholm",
        [
            Schedule("product", "Europe/Stockholm", 0), Schedule("order", "Europe/Stockholm", 3), Schedule("stock", "Asia/Tokyo", 2), Schedule("customer", "UTC", 4) with { Active = true },
        ]);
        Assert.Equal(
            [(null, 0), (null, 3), ("Asia/Tokyo", 2)],
            set.Select(draft => (draft.TimeZone, draft.IfVersion)).Order());
        Assert.All(set, draft => Assert.Equal(("daily", true, "2026-11-01", "06:30"), (draft.Frequency, draft.Active, draft.StartDate, draft.TimeOfDay)));

        static ScheduleView Schedule(string entity, string zone, long version) =>
            new(entity, Frequency.Daily, false, new(2026, 11, 1), new(6, 30), zone, null, []) { Version = version, Sweep = "off" };
    }

    NewConnection Form()
    {
        var form = new NewConnection(services.GetRequiredService<ConnectorCatalog>(), Service(), new(new Somebody(), new Allowed()));
        form.Type("accessToken", "admin");
        form.Type("apiUrl", "https://shop.example/rest/V1");
        form.Type("secret", "s");
        return form;
    }

    ConnectionService Service() => new(Stub.Of<IGrainFactory>((get, _) => get.GetGenericArguments().Single() == typeof(IConnectionGrain)
        ? Stub.Of<IConnectionGrain>((call, _) => call.Name switch
        {
            nameof(IConnectionGrain.FollowTry) => Tried(),
            nameof(IConnectionGrain.FollowVerify) => Verified(),
            _ => Count(),
        })
        : Stub.Of<IEntityScheduleGrain>((_, given) => Note((ScheduleDraft)given[0]!))), services.GetRequiredService<ConnectorCatalog>(), TimeProvider.System);

    Task Count()
    {
        made++;
        return Task.CompletedTask;
    }

    Task Note(ScheduleDraft draft)
    {
        set.Add(draft);
        return Task.CompletedTask;
    }

    async IAsyncEnumerable<VerifyProgress> Tried()
    {
        await answer.Task;
        yield return new(null, Works);
    }

    async IAsyncEnumerable<VerifyProgress> Verified()
    {
        await Task.Yield();
        yield return lost is null ? new(null, Works) : throw lost;
    }

    /// <summary>Answers every call as a test says.</summary>
    public class Stub : DispatchProxy
    {
        Func<MethodInfo, object?[], object?> answer = null!;

        public static T Of<T>(Func<MethodInfo, object?[], object?> answer)
            where T : class
        {
            var made = Create<T, Stub>();
            ((Stub)(object)made).answer = answer;
            return made;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => answer(targetMethod!, args!);
    }

    sealed class Somebody : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(SessionClaims.Principal(new SessionOwner(Guid.NewGuid(), "owner", null, null, "Somebody"))));
    }

    sealed class Allowed : IAuthorizationService
    {
        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, IEnumerable<IAuthorizationRequirement> requirements) => Task.FromResult(AuthorizationResult.Success());

        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, string policyName) => Task.FromResult(AuthorizationResult.Success());
    }
}
