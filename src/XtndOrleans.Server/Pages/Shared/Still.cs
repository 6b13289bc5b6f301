using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace XtndOrleans.Server.Pages.Shared;

/// <summary>
/// Draws components once, to markup: for what a page shows many of and nobody does more with than read it and follow its links. A circuit holds every component it
/// draws, with 40 bytes for each element, attribute and text, up to four times over; of markup it holds one string, and not what was drawn from.
/// </summary>
/// <param name="services">The circuit's, for what the components inject.</param>
/// <param name="logs">Where the renderer logs.</param>
public sealed partial class Still(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>Draws it. Whatever handles events in it is dead; what cascades from the page around it does not reach it; white space in it is no text.</summary>
    public async Task<MarkupString> Draw(RenderFragment content)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var drawn = await renderer.RenderComponentAsync<Canvas>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Canvas.Content)] = content }));
            return new MarkupString(Indentation.Replace(drawn.ToHtmlString(), "\n"));
        });
    }

    /// <summary>The same of a single component.</summary>
    public Task<MarkupString> Draw<T>(Dictionary<string, object?> parameters)
        where T : IComponent
        => Draw(tree =>
        {
            tree.OpenComponent<T>(0);
            tree.AddMultipleAttributes(1, parameters!);
            tree.CloseComponent();
        });

    [GeneratedRegex(@"\n\s+")]
    private static partial Regex Indentation { get; }

    sealed class Canvas : IComponent
    {
        RenderHandle handle;

        [Parameter] public RenderFragment? Content { get; set; }

        public void Attach(RenderHandle renderHandle) => handle = renderHandle;

        public Task SetParametersAsync(ParameterView parameters)
        {
            parameters.SetParameterProperties(this);
            handle.Render(Content!);
            return Task.CompletedTask;
        }
    }
}
