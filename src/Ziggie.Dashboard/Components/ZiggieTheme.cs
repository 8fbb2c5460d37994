using MudBlazor;

namespace Ziggie.Dashboard.Components;

/// <summary>
/// What MudBlazor is told of the look. Colours are not here: ziggie.css sets both palettes by one attribute of the page, so that a dark
/// page is dark before the daemon knows of it.
/// </summary>
public static class ZiggieTheme
{
    private static readonly string[] Sans =
        ["Inter", "ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Sans, TextTransform = "none", FontWeight = "550", LetterSpacing = "normal" },
        },
    };
}
