namespace Ziggie.Processes.Tests.Contract;

public sealed class LinuxTroubleTests() : TroubleContract(LauncherKind.Linux);
