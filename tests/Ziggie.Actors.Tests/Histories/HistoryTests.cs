using System.Collections.Immutable;
using CsCheck;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Actors.Tests.Histories;

/// <summary>What must hold in every history, whatever crashes where. A failure prints its seed and the shortest history that shows it.</summary>
public sealed class HistoryTests
{
    private static readonly Gen<Operation[]> Histories =
        Gen.Enum<Operation>().Array[0, 60];

    private static readonly ImmutableSortedDictionary<string, DependencyCondition> Other =
        ImmutableSortedDictionary<string, DependencyCondition>.Empty.Add("other", DependencyCondition.Ready);

    private static readonly Gen<ServiceDefinition> Definitions = Gen.Select(
        Gen.Enum<RestartMode>(), Gen.Int[0, 4], Gen.Int[1, 20], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool,
        (mode, budget, seconds, autostart, retries, depends, isScheduled) => new ServiceDefinition
        {
            Name = "service",
            Command = ["run"],
            Autostart = autostart,
            DependsOn = depends ? Other : Other.Clear(),
            Schedule = isScheduled ? new SchedulePolicy("* * * * *", "UTC", autostart ? ScheduleAction.Start : ScheduleAction.Restart) : null,
            Restart = new RestartPolicy
            {
                Policy = mode,
                Budget = budget,
                MaxDelay = TimeSpan.FromSeconds(seconds),
                RetryEvery = retries ? TimeSpan.FromMinutes(30) : null,
            },
        });

    [Fact]
    public void Every_history_keeps_what_is_promised() =>
        Gen.Select(Definitions, Histories).Sample((definition, history) =>
        {
            var world = new World(definition);
            foreach (var operation in history)
            {
                world.Do(operation);
                Assert.True(world.Processes.Count(p => p.Exit is null) <= 1, "There are two processes.");
            }
            world.Settle();
            WantedIsSo(world);
            EachEndIsRecordedOnce(world);
            RestartsKeepTheirLimits(world);
        }, iter: 20_000, print: Print);

    [Fact]
    public void The_state_of_a_new_daemon_is_that_of_the_old_one() =>
        Gen.Select(Definitions, Histories).Sample((definition, history) =>
        {
            var world = new World(definition);
            foreach (var operation in history) world.Do(operation);
            var replayed = world.Journal.Aggregate(ServiceState.Empty, ServiceCore.Evolve);
            Assert.Equal(Text(world.State), Text(replayed));
        }, iter: 5_000, print: Print);

    /// <summary>A history as it can be read: what was done, and what was stored.</summary>
    private static string Print((ServiceDefinition Definition, Operation[] History) of)
    {
        var world = new World(of.Definition);
        var lines = new List<string> { $"{of.Definition.Restart} autostart {of.Definition.Autostart}" };
        foreach (var operation in of.History)
        {
            var before = world.Journal.Count;
            lines.Add(operation.ToString());
            try
            {
                world.Do(operation);
            }
            catch (InvalidOperationException e)
            {
                lines.Add($"  {e.Message}");
                break;
            }
            lines.AddRange(world.Journal.Skip(before).Select(happened => $"  {happened}"));
        }
        return string.Join('\n', lines);
    }

    private static void WantedIsSo(World world)
    {
        var state = world.State;
        var left = world.Processes.Where(p => p.HasAny).ToList();
        if (state.Desired == Desired.Down)
        {
            Assert.Empty(left);
            Assert.Equal(Phase.Stopped, state.Phase);
        }
        else if (left.Count == 0)
        {
            Assert.Contains(state.Phase, new[] { Phase.Backoff, Phase.Failed, Phase.Completed, Phase.Waiting });
            if (state.Phase == Phase.Waiting) Assert.False(world.DependencyIsUp, "It waits for what is there.");
            Assert.False(string.IsNullOrEmpty(state.Reason), "Nobody can read why there is no process.");
            if (state.Phase == Phase.Backoff) Assert.NotNull(state.NextRestartAt);
        }
        else
        {
            Assert.Equal(left[0].Identity, state.Run?.Process);
            Assert.Contains(state.Phase, new[] { Phase.Starting, Phase.Running });
        }
    }

    private static void EachEndIsRecordedOnce(World world)
    {
        foreach (var process in world.Processes)
        {
            var recorded = world.Journal.OfType<Exited>().Where(e => e.Generation == process.Generation).ToList();
            if (process.Exit is null)
            {
                Assert.Empty(recorded);
                continue;
            }
            var exited = Assert.Single(recorded);
            var isUnknown = exited is { Code: null, Signal: null };
            Assert.True(isUnknown || (exited.Code == process.Exit.Code && exited.Signal == process.Exit.Signal), "The recorded exit is not the true one.");
        }
        Assert.All(world.Journal.OfType<Exited>().GroupBy(e => e.Generation), ends => Assert.Single(ends));
    }

    private static void RestartsKeepTheirLimits(World world)
    {
        // A person's start or restart opens a new account.
        var planned = new List<RestartPlanned>();
        foreach (var happened in world.Journal)
        {
            if (happened is WantedUp) planned.Clear();
            // Changed rules replace a plan, or take it back.
            if (happened is GaveUp taken) planned.RemoveAll(p => p.Generation == taken.Generation);
            if (happened is not RestartPlanned restart) continue;
            planned.RemoveAll(p => p.Generation == restart.Generation);
            planned.Add(restart);
            var policy = world.State.Definition!.Restart;
            Assert.True(restart.Delay <= policy.MaxDelay, "A delay exceeds its cap.");
            Assert.True(planned.Count(p => p.SinceBoot > restart.SinceBoot - policy.Window) <= policy.Budget, "The budget is exceeded.");
        }
    }

    private static string Text(ServiceState state) =>
        $"{state with { RecentRestarts = [], Definition = null, Run = null }} {string.Join(",", state.RecentRestarts)} {state.Run?.Generation} {state.Run?.StopCause} {state.Run?.Exit} {state.Run?.IsReady}";
}
