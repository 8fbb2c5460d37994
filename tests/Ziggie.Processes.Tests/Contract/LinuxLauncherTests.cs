using Xunit;

namespace Ziggie.Processes.Tests.Contract;

public sealed class LinuxLauncherTests() : LauncherContract(LauncherKind.Linux)
{
    [Fact]
    public void Is_what_this_platform_gets() => Assert.Equal(Launcher.GetType(), ProcessLauncher.Create().GetType());

    [Fact]
    public void Lacks_nothing() => Assert.Empty(Launcher.Capabilities.Missing);
}
