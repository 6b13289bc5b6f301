using MudBlazor;

namespace XtndOrleans.Server.Pages.Shell;

/// <summary>Colours and type. Every text colour has at least 4.5 to 1 against every surface it stands on.</summary>
internal static class PageTheme
{
    static readonly string[] Fonts = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2f4fc4",
            PrimaryContrastText = "#ffffff",
            Secondary = "#0b6e75",
            SecondaryContrastText = "#ffffff",
            Info = "#1f5fa8",
            Success = "#1a7346",
            Warning = "#8f5200",
            Error = "#b3261e",
            Background = "#f6f7f9",
            BackgroundGray = "#eceef2",
            Surface = "#ffffff",
            DrawerBackground = "#f6f7f9",
            DrawerText = "#1b2130",
            DrawerIcon = "#4d576b",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2130",
            TextPrimary = "#1b2130",
            TextSecondary = "#4d576b",
            TextDisabled = "#6b7486",
            ActionDefault = "#4d576b",
            Divider = "#dfe3ea",
            DividerLight = "#eceef2",
            LinesDefault = "#dfe3ea",
            LinesInputs = "#8a93a5",
            TableLines = "#e6e9ef",
            TableHover = "#f3f5fa",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#9db2ff",
            PrimaryContrastText = "#10162b",
            Secondary = "#6fd0d6",
            SecondaryContrastText = "#06282a",
            Info = "#86bdf7",
            Success = "#66d19a",
            Warning = "#f2bb62",
            Error = "#ff9b92",
            InfoContrastText = "#10162b",
            SuccessContrastText = "#06281a",
            WarningContrastText = "#2b1a00",
            ErrorContrastText = "#3b0703",
            Background = "#11141b",
            BackgroundGray = "#0d1016",
            Surface = "#191e28",
            DrawerBackground = "#11141b",
            DrawerText = "#e7eaf1",
            DrawerIcon = "#aab3c4",
            AppbarBackground = "#191e28",
            AppbarText = "#e7eaf1",
            TextPrimary = "#e7eaf1",
            TextSecondary = "#aab3c4",
            TextDisabled = "#8b94a6",
            ActionDefault = "#aab3c4",
            Divider = "#2c3341",
            DividerLight = "#232936",
            LinesDefault = "#2c3341",
            LinesInputs = "#77819a",
            TableLines = "#262d3a",
            TableHover = "#1f2531",
        },
        LayoutProperties = new() { DefaultBorderRadius = "10px", AppbarHeight = "60px", DrawerWidthLeft = "264px" },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.625rem", FontWeight = "650", LineHeight = "1.25", LetterSpacing = "-.01em" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1.1875rem", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "normal" },
            H3 = new H3Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1.1875rem", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = ".9375rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Fonts, FontSize = ".8125rem", LineHeight = "1.4", LetterSpacing = "normal" },
        },
    };

    /// <summary>The same for a document that says it is dark.</summary>
    public static MudTheme Dark { get; } = new()
    {
        PseudoCss = new() { Scope = ":root[data-look=\"dark\"]" },
        PaletteDark = Theme.PaletteDark,
        LayoutProperties = Theme.LayoutProperties,
        Typography = Theme.Typography,
    };
}
