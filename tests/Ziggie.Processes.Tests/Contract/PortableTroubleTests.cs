namespace Ziggie.Processes.Tests.Contract;

public sealed class PortableTroubleTests() : TroubleContract(LauncherKind.Portable);
