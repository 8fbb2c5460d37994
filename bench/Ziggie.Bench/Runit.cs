using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>runsvdir, without a log service beside each, which would double the processes.</summary>
internal sealed class Runit : Peer
{
    public const string Program = "/usr/bin/runsvdir";

    public override string Name => "runit";

    public override Process Start(int services, string folder)
    {
        for (var index = 0; index < services; index++)
        {
            var service = Directory.CreateDirectory(Path.Combine(folder, Templates.Name(index))).FullName;
            var run = Path.Combine(service, "run");
            File.WriteAllText(run, $"#!/bin/sh\nexec {Command(index)}\n");
            File.SetUnixFileMode(run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return Run(Program, [folder]);
    }

    /// <summary>And a runsv for each service.</summary>
    public override IReadOnlyList<int> Own(Process process, string folder) =>
        [.. Machine.Children(process.Id).Append(process.Id)];

    public override async Task EndAsync(Process process, string folder)
    {
        var own = Machine.Children(process.Id);
        // It passes HUP on to its runsv, which then end their services.
        if (!process.HasExited) _ = Daemon.Kill(process.Id, 1);
        await process.WaitForExitAsync();
        await Wait.UntilAsync(() => Task.FromResult(!own.Any(pid => Machine.CommandLine(pid)?.StartsWith("runsv ", StringComparison.Ordinal) == true)), 100);
    }
}
