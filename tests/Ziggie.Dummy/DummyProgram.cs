using System.Runtime.InteropServices;

namespace Ziggie.Dummy;

/// <summary>How tests start this program: they refer to its project, so that it lies beside their own assembly.</summary>
public static class DummyProgram
{
    /// <summary>The program's assembly.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Ziggie.Dummy.dll");

    /// <summary>The host of the runtime that runs the test, which needs no PATH and no DOTNET_ROOT to find it again.</summary>
    public static string Host { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>A whole command line, the program first, for verbs of <see cref="Script"/>.</summary>
    public static IReadOnlyList<string> Command(params string[] verbs) => [Host, Path, .. verbs];
}
