using Ziggie.Processes.Output;

/// <summary>
/// Makes a small daemon of this assembly, to be killed: the runtime calls this in a process started with DOTNET_STARTUP_HOOKS. The type may
/// have no namespace.
/// </summary>
internal static class StartupHook
{
    public const string HomeVariable = "ZIGGIE_TEST_OUTPUT_HOME", ServiceVariable = "ZIGGIE_TEST_OUTPUT_SERVICE";

    public static void Initialize()
    {
        var home = Environment.GetEnvironmentVariable(HomeVariable)!;
        var service = Environment.GetEnvironmentVariable(ServiceVariable)!;
        var store = new OutputStore(Path.Combine(home, "run"), Path.Combine(home, "logs"), TimeProvider.System, null,
            new OutputTuning { CompressAfter = TimeSpan.Zero });
        store.Open(service, new LogLimits { MaxSize = 30_000, MaxFiles = 100_000 });
        Thread.Sleep(Timeout.Infinite);
    }
}
