using MudBlazor;

namespace XtndOrleans.Server.Connections;

/// <summary>How dialogs are shown: Escape closes them, a click beside them does not take along what was typed.</summary>
internal static class DialogLook
{
    /// <summary>For a question with a field or two.</summary>
    public static DialogOptions Small { get; } = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true, BackdropClick = false };

    /// <summary>For a form.</summary>
    public static DialogOptions Form { get; } = Small with { MaxWidth = MaxWidth.Small };
}
