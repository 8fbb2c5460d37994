using System.Security.Cryptography;
using System.Text;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Actors.Services;

/// <summary>Runs probes as processes of their own, with the service's folder, user and environment.</summary>
public sealed class CommandProbe : ICommandProbe
{
    private const int ShownBytes = 300;

    /// <summary>Begins the run ids of this daemon's probes, and of those before it on the same home.</summary>
    private readonly string _runIdPrefix;

    private readonly string _folder;
    private readonly Func<ServiceRuntime> _runtime;
    private readonly Lazy<bool> _leftovers;

    /// <param name="folder">For the output of a probe while it runs; a daemon has one of its own.</param>
    /// <param name="runtime">Asked for late: it holds this object.</param>
    public CommandProbe(string folder, Func<ServiceRuntime> runtime)
    {
        (_folder, _runtime) = (folder, runtime);
        _runIdPrefix = $"probe-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12]}-";
        _leftovers = new Lazy<bool>(TryEndLeftovers);
    }

    public async Task<ProbeResult> RunAsync(
        ServiceDefinition definition, Probe.Exec probe, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Launching blocks for a moment, which an actor must not.
        await Task.Yield();
        _ = _leftovers.Value;
        var runId = _runIdPrefix + Guid.NewGuid().ToString("N");
        var output = Path.Combine(_folder, runId);
        try
        {
            await File.WriteAllBytesAsync(output, [], cancellationToken);
            var plan = LaunchPlanner.PlanProbe(definition, probe, runId, output, _runtime());
            if (plan.Spec is not { } spec) return new ProbeResult(false, plan.Error!);
            return _runtime().Launcher.Launch(spec) switch
            {
                LaunchResult.Launched launched => await WaitAsync(launched.Process, probe, output, timeout, cancellationToken),
                LaunchResult.Failed failed => new ProbeResult(false, failed.Message),
                _ => throw new InvalidOperationException("A launch has no third result."),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ProbeResult(false, $"The probe could not be run: {error.Message}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>Ends the probes that a daemon before this one has left, and removes their output. Before the first probe of this one.</summary>
    private bool TryEndLeftovers()
    {
        try
        {
            _runtime().Launcher.EndLeftovers(_runIdPrefix);
            foreach (var output in Directory.EnumerateFiles(_folder, _runIdPrefix + "*")) File.Delete(output);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Their time limits died with that daemon, but what they use is little; the probes of this one must go on.
            return false;
        }
    }

    private async Task<ProbeResult> WaitAsync(
        IServiceProcess process, Probe.Exec probe, string output, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using (process)
        {
            try
            {
                var status = await process.Exited.WaitAsync(timeout, cancellationToken);
                await EndTreeAsync(process); // what it has left behind
                var said = LastLine(output);
                var how = status.Code is { } code ? $"exited with code {code}" : $"was ended by {SignalNames.NameOf(status.Signal ?? 0)}";
                return new ProbeResult(status.Code == 0, $"'{probe.Command[0]}' {how}{(said.Length > 0 ? $": {said}" : "")}.");
            }
            catch (TimeoutException)
            {
                await EndTreeAsync(process);
                return new ProbeResult(false, $"'{probe.Command[0]}' was not over within {ServiceCore.Humanize(timeout)} and was ended.");
            }
            catch (OperationCanceledException)
            {
                await EndTreeAsync(process);
                throw;
            }
        }
    }

    private async Task EndTreeAsync(IServiceProcess process)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            if (_runtime().Launcher.SignalTree(process.RunId, process.Identity, SignalNames.Kill) == 0) return;
            await Task.Delay(1);
        }
    }

    private static string LastLine(string output)
    {
        using var file = new FileStream(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, ShownBytes), SeekOrigin.End);
        var bytes = new byte[ShownBytes];
        var text = Encoding.UTF8.GetString(bytes, 0, file.Read(bytes));
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return string.Concat(line.Where(c => !char.IsControl(c))).TrimEnd('.');
    }
}
