using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Portable;

/// <summary>
/// Processes by what .NET has on every platform. Output comes through pipes of the daemon's, which copies it on: into the log by
/// the inlet of the spec, or into its FIFO, or at the end of its file. A umask has no meaning on Windows.
/// </summary>
internal sealed partial class PortableProcessLauncher : IProcessLauncher
{
    private const string OnlyHere = "Only the launcher for Linux can.";

    /// <summary>Variables that shells put into the environment of what they start.</summary>
    private static readonly string[] ShellVariables = ["PWD", "OLDPWD", "SHLVL"];

    private readonly ConcurrentDictionary<string, PortableProcess> _byRun = new();

    public LauncherCapabilities Capabilities { get; } = new()
    {
        WhyNoAdoption = $"Services cannot be taken back by a later daemon: one that finds them running ends them and starts them anew. {OnlyHere}",
        WhyNoStrays = $"A process whose parent ended before the service was stopped is not found and not ended. {OnlyHere}",
        WhyNoSignals = OperatingSystem.IsWindows()
            ? "Windows has no signals: every request to end is CTRL_BREAK, and KILL ends the process; others cannot be sent."
            : "Exit codes from 129 to 159 are shown as death by a signal, because they cannot be told from it.",
        WhyNoOwnGroups = OperatingSystem.IsWindows()
            ? null
            : "Services are in the daemon's process group, so that Ctrl+C at its terminal reaches them too.",
        WhyNoCgroup = $"Processes are put into no control groups. {OnlyHere}",
        WhyNotDirect = "Output goes through the daemon: if it dies, a service that writes may end with it, and the order between its standard output "
            + "and error is not kept exactly.",
    };

    public GroupUsage? UsageOf(string runId) => null;

    public void LimitMemory(string runId, long? bytes) { }

    public LaunchResult Launch(ProcessSpec spec)
    {
        if (MalformedSpec.Find(spec) is { } what) return Refusal.Malformed(what);
        var folder = spec.WorkingDirectory ?? Environment.CurrentDirectory;
        if (CheckFolder(folder) is { } folderRefusal) return folderRefusal;
        if (CheckUser(spec.User) is { } userRefusal) return userRefusal;
        if (PortableLimits.Check(spec) is { } limitRefusal) return limitRefusal;
        var (program, programRefusal) = PortableProgram.Find(spec.FileName, folder, spec.Environment);
        if (program is null) return programRefusal!;

        var (output, outputRefusal) = OutputSink.Open(spec.StandardOutput, spec.OutputInlet);
        if (output is null) return outputRefusal!;
        var (error, errorRefusal) = spec is { StandardError: null, ErrorInlet: null } ? (output, null) : OutputSink.Open(spec.StandardError, spec.ErrorInlet);
        if (error is null)
        {
            _ = output.DisposeAsync();
            return errorRefusal!;
        }
        OutputSink[] sinks = output == error ? [output] : [output, error];
        var process = new Process { StartInfo = StartInfoOf(spec, folder, program) };
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            process.Dispose();
            foreach (var sink in sinks) _ = sink.DisposeAsync();
            return spec.User is not null && !OperatingSystem.IsWindows() && failure.NativeErrorCode == 0
                ? Refusal.UserUnknown(spec.User)
                : PortableProgram.Explain(program, failure);
        }
        process.StandardInput.Close();
        var copies = new[] { new OutputCopy(process.StandardOutput.BaseStream, output), new OutputCopy(process.StandardError.BaseStream, error) };
        var service = new PortableProcess(process, spec.RunId, copies, sinks, Release);
        _byRun[spec.RunId] = service;
        _ = service.WatchAsync();
        return new LaunchResult.Launched(service);
    }

    /// <summary>Always null: the end of a process that is not a child cannot be told on every platform.</summary>
    public IServiceProcess? Adopt(ProcessIdentity identity, string runId) => null;

    /// <summary>Always empty: not every platform shows a process's environment.</summary>
    public bool WasLaunched(string runId) => false;

    public void EndLeftovers(string runIdPrefix) { }

    public IReadOnlyDictionary<string, ProcessIdentity> FindRuns(IReadOnlySet<string> runIds) => new Dictionary<string, ProcessIdentity>();

    /// <summary>Ends the watch over all processes. Their output is copied on as long as the daemon lives.</summary>
    public void Dispose()
    {
        foreach (var process in _byRun.Values) process.Dispose();
    }

    private void Release(PortableProcess process)
    {
        _byRun.TryRemove(KeyValuePair.Create(process.RunId, process));
        _known.TryRemove(process.RunId, out _);
    }

    private static ProcessStartInfo StartInfoOf(ProcessSpec spec, string folder, string program)
    {
        var start = new ProcessStartInfo
        {
            FileName = program,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
        if (!OperatingSystem.IsWindows() && (spec.Umask is not null || spec.Limits?.AreOfProcess == true))
        {
            // The shell replaces itself, so that the PID is the service's. It may drop variables whose names are not identifiers.
            var unset = string.Join(' ', ShellVariables.Where(name => !spec.Environment.ContainsKey(name)).Prepend("unset"));
            var umask = spec.Umask is { } mask ? $"umask {Convert.ToString(mask, 8).PadLeft(4, '0')}; " : "";
            var script = $"{umask}{PortableLimits.Script(spec.Limits)}{unset} _; exec {PortableLimits.Prefix(spec.Limits)}\"$@\"";
            start.FileName = "/bin/sh";
            foreach (var word in (string[])["-c", script, "sh", program]) start.ArgumentList.Add(word);
        }
        foreach (var argument in spec.Arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment) start.Environment[name] = value;
        start.Environment[ProcessSpec.RunIdVariable] = spec.RunId;
        if (spec.User is { } user && user != Environment.UserName)
        {
            start.UserName = user;
            start.Environment.TryAdd("USER", user);
            start.Environment.TryAdd("LOGNAME", user);
        }
        return start;
    }

    private static LaunchResult.Failed? CheckFolder(string folder)
    {
        if (File.Exists(folder)) return Refusal.FolderIsFile(folder);
        if (!OperatingSystem.IsWindows() && Unix.CheckExecute(folder) == Unix.Denied) return Refusal.FolderForbidden(folder, Refusal.DaemonUser);
        return Directory.Exists(folder) ? null : Refusal.FolderMissing(folder);
    }

    private static LaunchResult.Failed? CheckUser(string? user)
    {
        if (user is null || user == Environment.UserName) return null;
        if (OperatingSystem.IsWindows())
        {
            return new(LaunchFailure.NotPermitted,
                $"A process cannot be started as user '{user}' on Windows without that user's password. Take user out of the definition.");
        }
        return Environment.IsPrivilegedProcess ? null : Refusal.OnlyRootSwitches(user);
    }
}
