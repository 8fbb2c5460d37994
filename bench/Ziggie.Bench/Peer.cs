using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>Another supervisor, running the same services as ours.</summary>
internal abstract class Peer
{
    public abstract string Name { get; }

    /// <summary>How the command lines of its services begin.</summary>
    public virtual string Prefix => Templates.Prefix;

    public virtual string Command(int index) => Templates.Command(index);

    /// <summary>Those that this machine has.</summary>
    public static IEnumerable<Peer> Installed(Options options)
    {
        if (File.Exists(Supervisord.Program)) yield return new Supervisord();
        if (File.Exists(Runit.Program)) yield return new Runit();
        if (options.Pm2 is { } program) yield return new Pm2(program);
    }

    /// <summary>Starts it with so many services; files of its own go into the folder.</summary>
    public abstract Process Start(int services, string folder);

    /// <summary>The processes of the supervisor itself.</summary>
    public virtual IReadOnlyList<int> Own(Process process, string folder) => [process.Id];

    public virtual async Task EndAsync(Process process, string folder)
    {
        if (!process.HasExited) _ = Daemon.Kill(process.Id, 15);
        await process.WaitForExitAsync();
    }

    protected static Process Run(string program, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
