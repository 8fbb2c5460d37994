using Xunit;

namespace Ziggie.Processes.Tests;

/// <summary>A test that only root can run.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess) Skip = "Needs root.";
    }
}
