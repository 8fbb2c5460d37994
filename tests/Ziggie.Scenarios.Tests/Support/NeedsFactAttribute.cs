using Xunit;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>A test that is skipped, with the reason, where a program that it needs is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] programs)
    {
        var missing = programs.Where(p => Installed.FolderOf(p) is null).ToList();
        if (missing.Count > 0) Skip = $"Not installed: {string.Join(", ", missing)}.";
    }
}
