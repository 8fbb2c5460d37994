using System.Globalization;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>A colour of a terminal: one of the sixteen that the theme decides, or red, green and blue.</summary>
/// <param name="Index">0 to 15; negative when <paramref name="Rgb"/> counts.</param>
/// <param name="Rgb">As 0xRRGGBB.</param>
public readonly record struct AnsiColor(int Index, int Rgb)
{
    public static AnsiColor Of(int index) => new(index, 0);

    public static AnsiColor OfRgb(int red, int green, int blue) =>
        new(-1, (Math.Clamp(red, 0, 255) << 16) | (Math.Clamp(green, 0, 255) << 8) | Math.Clamp(blue, 0, 255));

    /// <summary>One of the 256: sixteen of the theme, a cube of six by six by six, and grey in 24 steps.</summary>
    public static AnsiColor Of256(int number)
    {
        if (number is < 0 or > 255) return Of(7);
        if (number < 16) return Of(number);
        if (number >= 232)
        {
            var grey = 8 + ((number - 232) * 10);
            return OfRgb(grey, grey, grey);
        }
        var cube = number - 16;
        return OfRgb(Step(cube / 36), Step(cube / 6 % 6), Step(cube % 6));

        static int Step(int step) => step == 0 ? 0 : 55 + (step * 40);
    }

    /// <summary>"#rrggbb"; null for one that the theme decides.</summary>
    public string? Hex => Index >= 0 ? null : string.Create(CultureInfo.InvariantCulture, $"#{Rgb:x6}");
}
