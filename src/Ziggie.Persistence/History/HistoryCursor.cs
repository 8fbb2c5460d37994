using System.Globalization;

namespace Ziggie.Persistence.History;

/// <summary>A place in the history, which what is added later does not move.</summary>
/// <param name="Created">When it was written, in ticks of UTC.</param>
/// <param name="IsAudit">Of the table <c>audit</c>; those stand after the events of the same tick.</param>
/// <param name="Number">In its table.</param>
public readonly record struct HistoryCursor(long Created, bool IsAudit, long Number) : IComparable<HistoryCursor>
{
    // Neither is a hexadecimal digit.
    private const char EventMark = 'j', AuditMark = 'u';

    public int CompareTo(HistoryCursor other) => (Created, IsAudit, Number).CompareTo((other.Created, other.IsAudit, other.Number));

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Created:x}{(IsAudit ? AuditMark : EventMark)}{Number}");

    public static bool TryParse(string text, out HistoryCursor cursor)
    {
        cursor = default;
        var mark = text.IndexOfAny([EventMark, AuditMark]);
        if (mark <= 0) return false;
        if (!long.TryParse(text.AsSpan(0, mark), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var created)
            || !long.TryParse(text.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        cursor = new HistoryCursor(created, text[mark] == AuditMark, number);
        return true;
    }
}
