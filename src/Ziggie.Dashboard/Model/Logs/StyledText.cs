namespace Ziggie.Dashboard.Model.Logs;

/// <summary>A piece of a line that looks the same all along.</summary>
public readonly record struct StyledText(string Text, AnsiStyle Style);
