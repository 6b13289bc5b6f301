using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;
using XtndOrleans.Server.Pages.Access;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Connections;

/// <summary>A connection that somebody is making: what was typed, what the store says to it, and what became of it.</summary>
public sealed class NewConnection(ConnectorCatalog catalog, ConnectionService service, SignedIn who) : ConnectionForm, IDisposable
{
    /// <summary>The merchants' manual lists them so.</summary>
    static readonly string[] ManualOrder = ["accessToken", "apiUrl", "secret"];

    static readonly SystemField[] Optional = [new("name", "Name", "", false), new("timeZone", "Time zone", "", false)];

    readonly List<VerificationStep> steps = [];
    readonly CancellationTokenSource gone = new();
    bool isGone;
    string? system = catalog.Systems.Select(system => system.System).FirstOrDefault(system => system == "magento") ?? catalog.Systems.FirstOrDefault()?.System;

    /// <summary>Called when something is there to see.</summary>
    public Func<Task> Changed { get; set; } = () => Task.CompletedTask;

    /// <inheritdoc/>
    public override string? System => system;

    /// <summary>The chosen way to sign in: 0 for the system's own fields, else its place in <see cref="SignIns"/> from 1 on. Two ways may be of one kind.</summary>
    public int SignIn { get; private set; }

    /// <summary>The other ways to sign in that the system knows.</summary>
    public IReadOnlyList<SystemSignIn> SignIns => System is null ? [] : catalog[System].Description.SignIns;

    /// <summary>The form's fields, in the manual's order.</summary>
    public IEnumerable<SystemField> Fields => Present(Way is { } way ? Own.Where(own => own.Name == "apiUrl").Concat(way.Fields) : Own);

    /// <summary>What may be left empty.</summary>
    public IEnumerable<SystemField> MoreFields => Optional;

    /// <summary>What the attempt has found so far.</summary>
    public IReadOnlyList<VerificationStep> Steps => steps;

    /// <summary>What the last attempt found; null while there is none.</summary>
    public Verification? Report { get; private set; }

    /// <summary>What went wrong on our side.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether it works and is being saved.</summary>
    public bool IsSaving { get; private set; }

    /// <summary>The connection, once it is saved.</summary>
    public ConnectionId? Saved { get; private set; }

    /// <summary>What people call it.</summary>
    public string SavedName { get; private set; } = "";

    /// <summary>Whether the saved one was verified.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>The chosen way, when it is another than the system's own fields.</summary>
    public SystemSignIn? Way => SignIns.ElementAtOrDefault(SignIn - 1);

    IReadOnlyList<SystemField> Own => System is null ? [] : catalog[System].Description.Fields;

    /// <summary>What a way to sign in is called.</summary>
    public string SignInLabel(int place) => SignIns.ElementAtOrDefault(place - 1) is { } way ? NewConnectionTexts.SignInLabel(System ?? "", way.Label) : NewConnectionTexts.PasswordSignIn;

    /// <summary>Chooses the external system.</summary>
    public void Choose(string? chosen) => (system, SignIn) = (chosen, 0);

    /// <summary>Chooses the way to sign in. What was typed for another one is kept for whoever comes back to it, and not sent.</summary>
    public void ChooseSignIn(int place)
    {
        SignIn = place;
        Forgive(Fields);
        Check();
    }

    /// <summary>Tries what was typed, step by step; saves it when it works.</summary>
    public Task Verify() => Busy(async tenant =>
    {
        steps.Clear();
        Report = null;
        await foreach (var progress in service.FollowTry(tenant, Draft(), gone.Token))
        {
            if (progress.Step is { } step)
            {
                steps.Add(step);
            }

            Report = progress.Report ?? Report;
            await Changed();
        }

        if (Report is { Ok: true })
        {
            IsSaving = true;
            await Changed();
            await Keep(tenant, verify: true);
        }
    });

    /// <summary>Saves what was typed, although it does not work yet.</summary>
    public Task Save() => Busy(tenant => Keep(tenant, verify: false));

    /// <summary>Nobody looks any more: what is not saved by now is not saved.</summary>
    public void Dispose()
    {
        // The page does so when it is left, and the circuit's services do so again.
        if (!isGone)
        {
            (isGone, Changed) = (true, () => Task.CompletedTask);
            gone.Cancel();
            gone.Dispose();
        }
    }

    // From the moment it is saved a second press must not make a second one, whatever becomes of the verify.
    async Task Keep(Guid tenant, bool verify)
    {
        var draft = Draft();
        ObjectDisposedException.ThrowIf(isGone, this);
        var id = await service.Create(tenant, draft);
        (Saved, SavedName) = (id, draft.Name ?? (Uri.TryCreate(draft.ApiUrl, UriKind.Absolute, out var address) ? address.Host : draft.ApiUrl ?? ""));
        Clear();
        if (verify)
        {
            await foreach (var progress in service.FollowVerify(id, CancellationToken.None))
            {
                IsVerified = progress.Report?.Ok ?? IsVerified;
            }
        }
    }

    async Task Busy(Func<Guid, Task> act)
    {
        if (IsBusy || isGone || Saved is not null || !CheckAll())
        {
            return;
        }

        (IsBusy, Failure) = (true, null);
        try
        {
            await act(await who.Tenant(Policies.Operator));
        }
        catch (Exception failure)
        {
            // Whatever it was, the form stays as it is and says what happened.
            Failure = failure;
            if (failure is ProblemException { Errors: { Count: > 0 } errors })
            {
                Refuse(errors);
            }
        }
        finally
        {
            (IsBusy, IsSaving) = (false, false);
            await Changed();
        }
    }

    // What a way to sign in asks for is needed, although the API would take some of it alone: that is another way.
    /// <inheritdoc/>
    protected override Dictionary<string, string[]> Find()
    {
        var found = new Dictionary<string, string[]>(service.Check(Draft()), StringComparer.Ordinal);
        foreach (var field in Way?.Fields.Where(field => string.IsNullOrWhiteSpace(this[field.Name])) ?? [])
        {
            found[field.Name] = [FieldTexts.Missing];
        }

        return found;
    }

    ConnectionDraft Draft() => new(System, Some("name"), this["apiUrl"], Asked("accessToken"), Asked("secret"), Some("timeZone"))
    {
        Auth = Way is { } way ? Auth(way, Asked) : null,
    };

    string? Asked(string field) => Fields.Any(asked => asked.Name == field) ? this[field] : null;

    string? Some(string field) => string.IsNullOrWhiteSpace(this[field]) ? null : this[field].Trim();

    static IEnumerable<SystemField> Present(IEnumerable<SystemField> fields) =>
        fields.OrderBy(field => Array.IndexOf(ManualOrder, field.Name) is var place and >= 0 ? place : ManualOrder.Length);
}
