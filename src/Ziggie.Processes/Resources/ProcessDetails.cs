using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Resources;

/// <summary>What a process is called and whose it is; asked for only where it is shown.</summary>
/// <param name="Name">The short name, as ps shows it; null when it is gone.</param>
/// <param name="CommandLine">Its words; empty when it has none or may not be seen.</param>
/// <param name="User">The name, or the number of one without; null when it is not known.</param>
public sealed record ProcessDetails(string? Name, IReadOnlyList<string> CommandLine, string? User)
{
    private static readonly ConcurrentDictionary<uint, string> UserNames = [];

    public static ProcessDetails Of(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            var user = ProcFs.OwnerOf(pid) is { } id ? UserNames.GetOrAdd(id, NameOf) : null;
            return new ProcessDetails(ProcFs.NameOf(pid), CommandLineOf(pid), user);
        }
        try
        {
            using var process = Process.GetProcessById(pid);
            return new ProcessDetails(process.ProcessName, [], null);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return new ProcessDetails(null, [], null);
        }
    }

    /// <summary>How many file descriptors it has open; null when that may not be seen.</summary>
    public static int? OpenFilesOf(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [SupportedOSPlatform("linux")]
    private static string[] CommandLineOf(int pid)
    {
        try
        {
            var text = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline"));
            return text.Length == 0 ? [] : text.TrimEnd('\0').Split('\0');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [SupportedOSPlatform("linux")]
    private static string NameOf(uint id)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        return UserAccount.Find(text, out _)?.Name ?? text;
    }
}
