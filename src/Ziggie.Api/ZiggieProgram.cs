using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Backups;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Handover;
using Ziggie.Api.Hosting;
using Ziggie.Api.Seeding;
using Ziggie.Processes;

namespace Ziggie.Api;

/// <summary>From the command line to the exit code.</summary>
internal static class ZiggieProgram
{
    /// <summary>For a successor from the moment when the home is free until it answers; a large store takes its time.</summary>
    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(
        string[] args, ConfigureDaemon configureServices, TextWriter console, TextWriter errors)
    {
        var asked = CommandLineArguments.Parse(args);
        try
        {
            switch (asked.Verb)
            {
                case Verb.Help:
                    await console.WriteLineAsync(Usage.Text);
                    return ExitCodes.Ok;
                case Verb.Version:
                    await console.WriteLineAsync(Usage.Version);
                    return ExitCodes.Ok;
                case Verb.Schema:
                    await console.WriteLineAsync(DefinitionSchema.Text);
                    return ExitCodes.Ok;
                case Verb.Seed:
                    return await SeedCommand.RunAsync(asked.Settings, configureServices, console);
                case Verb.Link:
                    return await LinkCommand.RunAsync(asked.Operand, asked.Settings, console);
                case Verb.Restore:
                    return await RestoreCommand.RunAsync(asked.Operand!, asked.Settings, console);
                case Verb.Export:
                    return await PortableCommands.ExportAsync(asked.Operand!, asked.Settings, console);
                case Verb.Import:
                    return await PortableCommands.ImportAsync(asked.Operand!, asked.Settings, console);
                case Verb.Run:
                    return await RunDaemonAsync(asked.Settings, configureServices, console, errors);
                default:
                    await errors.WriteLineAsync($"{asked.Complaint}{Environment.NewLine}{Environment.NewLine}{Usage.Text}");
                    return ExitCodes.Usage;
            }
        }
        catch (StartRefusedException e)
        {
            await errors.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException { FileName: not null } or TypeLoadException or MissingMethodException)
        {
            await errors.WriteLineAsync($"The program is not whole: {e.Message} Install it again, then start it. Services run on meanwhile.");
            return ExitCodes.Failed;
        }
        catch (IOException e)
        {
            // Whatever file it was, the message names it: a full or broken disk mostly.
            await errors.WriteLineAsync($"{e.Message} Make room on the disk that holds the home, or mend it, then start again. Services run on meanwhile.");
            return ExitCodes.Store;
        }
    }

    /// <summary>
    /// Runs the daemon to its end. After a handover this process ends when the new one answers; if that does not come up, this one
    /// takes the home back.
    /// </summary>
    private static async Task<int> RunDaemonAsync(string[] settings, ConfigureDaemon configureServices, TextWriter console, TextWriter errors)
    {
        using var stop = StopRequest.OfThisProcess();
        var report = HandoverReport.FromEnvironment();
        while (true)
        {
            using var successor = await RunOnceAsync(settings, configureServices, console, stop, report);
            if (successor is null) return ExitCodes.Ok;
            if (await successor.WaitForAsync(HandoverReport.Up, TakeOverLimit, CancellationToken.None) is not { } failure)
            {
                // Told to this process, when it had nothing left to stop.
                if (stop.Why is not null) await successor.StopAsync();
                else if (InitProcess.IsInit) await InitProcess.FollowAsync(ZiggieHost.HomeOf(settings), successor.Pid, SignalSettings.Read(ZiggieHost.SettingsOf(settings)).Forward);
                return ExitCodes.Ok;
            }
            await errors.WriteLineAsync($"PID {successor.Pid} did not take over, so this process goes on. {failure}");
            await successor.EndAsync();
            report = null;
        }
    }

    /// <summary>From start to stop; the process that shall take over, if there is one.</summary>
    private static async Task<Successor?> RunOnceAsync(
        string[] settings, ConfigureDaemon configureServices, TextWriter console, StopRequest stop, HandoverReport? report)
    {
        try
        {
            if (report is not null) await Rehearsal.RunAsync(settings, configureServices, stop.Asked);
            await using var app = ZiggieHost.Build(settings, configureServices, console, stop, report);
            try
            {
                await app.StartAsync();
            }
            catch (OperationCanceledException) when (app.Services.GetRequiredService<DaemonStatus>().IsStopping)
            {
                return null;
            }

            report?.Say(HandoverReport.Up);
            SpareThreads.Make();
            ServiceManagerNotice.Ready();
            await app.WaitForShutdownAsync();
            return await app.Services.GetRequiredService<DaemonControl>().TakeSuccessorAsync();
        }
        catch (OperationCanceledException) when (report is not null && stop.Why is not null)
        {
            // Before the home was handed over, so there is nothing here to stop.
            report.Say($"{HandoverReport.Failed}It was told to stop ({stop.Why}).");
            return null;
        }
        catch (Exception e)
        {
            report?.Say(HandoverReport.Failed + e.Message);
            throw;
        }
    }
}
