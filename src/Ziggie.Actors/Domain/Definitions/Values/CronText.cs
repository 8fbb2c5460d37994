using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>Cron expressions of five fields, of six with seconds first, or a word such as <c>@daily</c>.</summary>
public static class CronText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? cron)
    {
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
        try
        {
            return CronExpression.TryParse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out cron);
        }
        catch (FormatException) // Cronos throws for its jitter letters, which need a seed.
        {
            cron = null;
            return false;
        }
    }

    /// <summary>Whether the hour is left open, so that each hour counts by itself, whatever it is called.</summary>
    public static bool NamesEveryHour(string text)
    {
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 1 || fields[^4] is "*" or "?" or "*/1" or "0/1" or "0-23";
    }

    /// <summary>False for one such as the 30th of February.</summary>
    public static bool EverFires(CronExpression cron) =>
        cron.GetNextOccurrence(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), inclusive: true) is not null;
}
