using Ziggie.Processes;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Tests.Histories;

/// <summary>The model's process runner: does what <c>ProcessRunner</c> does with real processes.</summary>
internal sealed partial class World
{
    private long _held = -1;

    private void RunEffect()
    {
        if (!_effects.TryDequeue(out var effect)) return;
        switch (effect)
        {
            case Effects.Launch launch: Launch(launch); break;
            case Effects.FindRun find: Find(find); break;
            case Effects.EndRun end: EndRun(end); break;
        }
    }

    private void DeliverFact()
    {
        if (_facts.TryDequeue(out var fact)) Decide(fact);
    }

    private void Launch(Effects.Launch launch)
    {
        if (_nextLaunchFails is { } failure)
        {
            _nextLaunchFails = null;
            _facts.Enqueue(new Inputs.LaunchFailed(launch.Generation, failure, "It could not be."));
            return;
        }
        if (_processes.Find(p => p.HasAny) is { } other)
            throw new InvalidOperationException($"Run {launch.Generation} is launched while processes of run {other.Generation} are there.");
        var process = new ModelProcess(launch.RunId, launch.Generation, new ProcessIdentity(++_pids, _pids * 10L, BootId));
        _processes.Add(process);
        _held = launch.Generation;
        _facts.Enqueue(new Inputs.Launched(launch.Generation, process.Identity));
    }

    private void Find(Effects.FindRun find)
    {
        // A run that is over, and whose launch was not recorded, has left a mark.
        var process = _processes.Find(p => p.RunId == find.RunId);
        if (process is null)
        {
            _facts.Enqueue(new Inputs.LaunchFailed(find.Generation, LaunchFailure.Interrupted, "Never launched."));
            return;
        }
        _held = find.Generation;
        if (process.Exit is null) _facts.Enqueue(new Inputs.Found(find.Generation, process.Identity));
        else _facts.Enqueue(new Inputs.Exited(find.Generation, ExitStatus.Unknown, process.Descendants == 0));
    }

    /// <summary>A process ends by itself. The daemon sees it if it holds the run; else the next one finds out.</summary>
    private void End(ExitStatus status)
    {
        if (Alive is not { } process) return;
        process.Exit = status;
        var isSeen = _held == process.Generation;
        process.EndedUnseen = !isSeen;
        if (isSeen) _facts.Enqueue(new Inputs.Exited(process.Generation, status, process.Descendants == 0));
    }

    private void EndRun(Effects.EndRun end)
    {
        var process = _processes.Find(p => p.RunId == end.RunId);
        if (process is null || !process.HasAny)
        {
            // Gone already; the fact about it may be in flight still, then this one is stale when it comes.
            _facts.Enqueue(new Inputs.TreeGone(end.Generation, 0));
            return;
        }
        if (process.Exit is null)
        {
            process.Exit = ExitStatus.Signaled(end.Signal);
            _facts.Enqueue(new Inputs.Exited(end.Generation, process.Exit, IsTreeGone: false));
        }
        process.Descendants = 0;
        _facts.Enqueue(new Inputs.TreeGone(end.Generation, 0));
    }
}
