namespace Ziggie.Scenarios.Tests.Support;

/// <summary>Where programs are: on the PATH, and where Debian puts those of PostgreSQL.</summary>
internal static class Installed
{
    private static readonly IReadOnlyList<string> Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'),
        .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(f => Path.Combine(f, "bin")) : [],
    ];

    public static string? FolderOf(string program) => Folders.FirstOrDefault(f => File.Exists(Path.Combine(f, program)));
}
