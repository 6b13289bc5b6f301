using Microsoft.AspNetCore.Components;
using MudBlazor;
using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Server.Pages;

namespace XtndOrleans.Server.Connections;

/// <summary>What an operator does with a connection as a whole.</summary>
public abstract class ConnectionDesk : Acting
{
    readonly List<VerificationStep> steps = [];

    /// <summary>The connection and its entities.</summary>
    [Parameter, EditorRequired] public required ConnectionDrawn State { get; set; }

    /// <summary>Something is different now.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    /// <summary>What the verify has found so far.</summary>
    protected IReadOnlyList<VerificationStep> Steps => steps;

    /// <summary>What the last verify found; null while there is none.</summary>
    protected Verification? Report { get; private set; }

    /// <summary>Whether the store is being asked.</summary>
    protected bool IsVerifying { get; private set; }

    [Inject] ConnectionService Service { get; set; } = null!;

    [Inject] ConnectionBoard Board { get; set; } = null!;

    [Inject] IGrainFactory Grains { get; set; } = null!;

    [Inject] IDialogService Dialogs { get; set; } = null!;

    [Inject] NavigationManager Navigation { get; set; } = null!;

    Guid Id => Guid.ParseExact(State.Connection.Id, "N");

    /// <summary>Tries the connection, and shows each step as it ends.</summary>
    protected async Task Verify()
    {
        await Act(async tenant =>
        {
            steps.Clear();
            (Report, IsVerifying) = (null, true);
            await foreach (var progress in Service.FollowVerify(new(tenant, Id), CancellationToken.None))
            {
                steps.AddRange(progress.Step is { } step ? [step] : []);
                Report = progress.Report ?? Report;
                StateHasChanged();
            }
        });
        IsVerifying = false;
        await Changed.InvokeAsync();
    }

    /// <summary>Takes the report away.</summary>
    protected void CloseReport()
    {
        steps.Clear();
        Report = null;
    }

    /// <summary>Asks for a note, and pauses.</summary>
    protected async Task Pause()
    {
        var asked = await Dialogs.ShowAsync<PauseDialog>(ConnectionPageTexts.PauseDialog(State.Connection.Name), new DialogParameters<PauseDialog> { { dialog => dialog.State, State } }, DialogLook.Small);
        await Finish(asked, ConnectionPageTexts.IsPaused);
    }

    /// <summary>Ends a pause.</summary>
    protected async Task Resume()
    {
        if (await Act(tenant => Grains.Connection(new(tenant, Id)).Resume()))
        {
            Done(ConnectionPageTexts.IsResumed);
            await Changed.InvokeAsync();
        }
    }

    /// <summary>Sets every schedule active as it is now, not as the page once read it.</summary>
    protected async Task Activate()
    {
        if (await Act(async tenant =>
        {
            var (zone, schedules) = await Board.Schedules(new(tenant, Id), CancellationToken.None);
            await Service.Activate(new(tenant, Id), zone, schedules);
        }))
        {
            Done(NewConnectionTexts.Activated);
            await Changed.InvokeAsync();
        }
    }

    /// <summary>Asks for the name, and deletes.</summary>
    protected async Task Delete()
    {
        var asked = await Dialogs.ShowAsync<DeleteDialog>(ConnectionPageTexts.DeleteDialog(State.Connection.Name), new DialogParameters<DeleteDialog> { { dialog => dialog.State, State } }, DialogLook.Small);
        if (await asked.Result is { Canceled: false })
        {
            Done(ConnectionPageTexts.IsDeleted(State.Connection.Name));
            Navigation.NavigateTo(Addresses.Connections);
        }
    }

    async Task Finish(IDialogReference asked, string done)
    {
        if (await asked.Result is { Canceled: false })
        {
            Done(done);
            await Changed.InvokeAsync();
        }
    }
}
