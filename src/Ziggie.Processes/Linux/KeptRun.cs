using System.Globalization;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>A run that a keeper holds, and who its main process is, so that it is known even when its launch was never recorded.</summary>
[SupportedOSPlatform("linux")]
internal sealed record KeptRun(string RunId, int Pid, long StartTime, SafePidfd Pidfd)
{
    public ProcessIdentity Identity => new(Pid, StartTime, ProcFs.BootId);

    /// <summary>How a keeper writes down whom it holds: RUN:PID:START.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{RunId}:{Pid}:{StartTime}");

    /// <summary>Null, and the descriptor closed, when the text is none of ours.</summary>
    public static KeptRun? Read(string text, SafePidfd pidfd)
    {
        if (text.Split(':') is [var runId, var pid, var start] && int.TryParse(pid, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(start, CultureInfo.InvariantCulture, out var ticks))
        {
            return new KeptRun(runId, number, ticks, pidfd);
        }
        pidfd.Dispose();
        return null;
    }
}
