namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>A file mode creation mask, always octal, quoted or not: <c>"0027"</c>, <c>027</c> and <c>27</c> are the same.</summary>
public static class UmaskText
{
    public static bool TryParse(string text, out int umask)
    {
        umask = 0;
        var digits = text.StartsWith("0o", StringComparison.Ordinal) ? text[2..] : text;
        if (digits.Length is 0 or > 4 || digits.Any(c => c is < '0' or > '7')) return false;
        umask = Convert.ToInt32(digits, 8);
        return umask <= 511;
    }

    public static string Format(int umask) => Convert.ToString(umask, 8).PadLeft(4, '0');
}
