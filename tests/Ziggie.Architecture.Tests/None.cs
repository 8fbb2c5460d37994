using Xunit;

namespace Ziggie.Architecture.Tests;

internal static class None
{
    /// <summary>Fails with each offender, where <c>Assert.Empty</c> would show the first five.</summary>
    public static void Of(IEnumerable<string?> offenders)
    {
        var found = offenders.Distinct().ToList();
        if (found.Count > 0) Assert.Fail(string.Join(Environment.NewLine, found));
    }
}
