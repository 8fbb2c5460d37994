namespace Ziggie.Processes.Tests.Contract;

public sealed class LinuxOutputTests() : OutputContract(LauncherKind.Linux);
