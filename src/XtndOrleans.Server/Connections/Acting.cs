using Microsoft.AspNetCore.Components;
using MudBlazor;
using XtndOrleans.Server.Pages.Access;
using XtndOrleans.Server.Security;

namespace XtndOrleans.Server.Connections;

/// <summary>A part of a page with buttons that change something: one at a time, the role is asked for again, and a failure is shown instead of thrown.</summary>
public abstract class Acting : ComponentBase
{
    /// <summary>Tells what was done.</summary>
    [Inject] protected ISnackbar Snackbar { get; set; } = null!;

    [Inject] SignedIn Who { get; set; } = null!;

    /// <summary>Why the last thing failed; null when it did not.</summary>
    protected Exception? Failure { get; set; }

    /// <summary>Whether something is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Does something that an operator may do; nothing while another thing is being done.</summary>
    /// <param name="act">Given the tenant.</param>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> Act(Func<Guid, Task> act)
    {
        if (IsBusy)
        {
            return false;
        }

        (IsBusy, Failure) = (true, null);
        StateHasChanged();
        try
        {
            await act(await Who.Tenant(Policies.Operator));
            return true;
        }
        catch (Exception failure)
        {
            Failure = failure;
            return false;
        }
        finally
        {
            IsBusy = false;
            StateHasChanged();
        }
    }

    /// <summary>Says that something was done.</summary>
    protected void Done(string text) => Say(text, Severity.Success);

    /// <summary>Says that something was not done, and why.</summary>
    protected void NotDone(string text) => Say(text, Severity.Warning);

    // At once and in full, since what fades in cannot be read.
    void Say(string text, Severity severity) => Snackbar.Add(text, severity, look => (look.ShowTransitionDuration, look.HideTransitionDuration) = (0, 0));
}
