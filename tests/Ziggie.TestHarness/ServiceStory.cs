using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Processes;
using Ziggie.TestHarness.Fakes;

namespace Ziggie.TestHarness;

/// <summary>One service of a <see cref="Machine"/>, told as a story: what is done to it, what happens to it, what must be so.</summary>
public sealed class ServiceStory(Machine machine, string name)
{
    public string Name => name;

    /// <summary>What the outside sees at this moment.</summary>
    public ServiceView View => machine.Feed.Current.Services.GetValueOrDefault(name)
        ?? throw new StoryException($"There is no service '{name}' any more.");

    /// <summary>The newest process of the service, alive or not.</summary>
    public FakeProcess Process => machine.Processes.Of(name).LastOrDefault()
        ?? throw new StoryException($"'{name}' was never launched.");

    /// <summary>How many processes the service ever had.</summary>
    public int Launches => machine.Processes.Of(name).Count();

    /// <summary>The command is given and time passes until it is answered.</summary>
    public CommandReply Start() => Answered(machine.Control.StartAsync(name, "story"));

    public CommandReply Stop(TimeSpan? timeout = null, bool force = false) =>
        Answered(machine.Control.StopAsync(name, timeout, force, "story"));

    public CommandReply Restart() => Answered(machine.Control.RestartAsync(name, "story"));

    /// <summary>A service that is started and ready.</summary>
    public ServiceStory Running()
    {
        if (Start() is CommandReply.Refused refused) throw new StoryException(refused.Detail);
        return this;
    }

    /// <summary>The command is given, and the story goes on without waiting for the answer.</summary>
    public Task<CommandReply> StartLater() => Given(machine.Control.StartAsync(name, "story"));

    public Task<CommandReply> StopLater() => Given(machine.Control.StopAsync(name, null, false, "story"));

    public Task<CommandReply> RestartLater() => Given(machine.Control.RestartAsync(name, "story"));

    /// <summary>The process ends by itself.</summary>
    public ServiceStory Dies(int code = 1, TimeSpan after = default) => Ends(ExitStatus.Exited(code), after);

    /// <summary>Somebody else kills the process.</summary>
    public ServiceStory IsKilled(int signal = SignalNames.Kill, TimeSpan after = default) => Ends(ExitStatus.Signaled(signal), after);

    /// <summary>From now on each process of the service ends by itself so long after its launch.</summary>
    public ServiceStory AlwaysDies(int code, TimeSpan after)
    {
        var before = machine.Processes.OnLaunched;
        machine.Processes.OnLaunched = process =>
        {
            before?.Invoke(process);
            if (process.Service == name) machine.Scheduler.After(after, () => process.End(ExitStatus.Exited(code)));
        };
        return this;
    }

    /// <summary>From now on each process of the service needs so long to end after TERM; null: it never does.</summary>
    public ServiceStory NeedsToStop(TimeSpan? time, int code = 0)
    {
        var before = machine.Processes.OnLaunched;
        machine.Processes.OnLaunched = process =>
        {
            before?.Invoke(process);
            if (process.Service != name) return;
            process.OnSignal = (self, signal) =>
            {
                if (signal == SignalNames.Terminate && time is { } needed)
                    machine.Scheduler.After(needed, () => self.End(ExitStatus.Exited(code)));
            };
        };
        return this;
    }

    /// <summary>Its whole tree is seen above a limit.</summary>
    /// <param name="message">Which limit, as a sentence.</param>
    /// <param name="generation">Of which run; null for the present one.</param>
    public ServiceStory ExceedsLimit(string message, long? generation = null)
    {
        machine.Settle();
        machine.Reports.LimitExceeded(name, generation ?? View.Generation, message);
        machine.Settle();
        return this;
    }

    /// <summary>The process starts another one that outlives it.</summary>
    public ServiceStory Forks()
    {
        Process.Descendants.Add(machine.Processes.NextPid());
        return this;
    }

    public ServiceStory Passes(TimeSpan time)
    {
        machine.Pass(time);
        return this;
    }

    /// <summary>Fails the story unless the service is in this phase now.</summary>
    public ServiceStory Expect(Phase phase, string? reason = null)
    {
        machine.Settle();
        if (View.Phase != phase) throw new StoryException($"'{name}' should be {phase} but is {View.Phase}: {View.Reason}");
        if (reason is not null && View.Reason?.Contains(reason, StringComparison.Ordinal) != true)
            throw new StoryException($"'{name}' should say '{reason}' but says '{View.Reason}'.");
        return this;
    }

    private ServiceStory Ends(ExitStatus status, TimeSpan after)
    {
        machine.Pass(after);
        Process.End(status);
        machine.Settle();
        return this;
    }

    private Task<CommandReply> Given(Task<CommandReply> answer)
    {
        machine.Settle();
        return answer;
    }

    /// <summary>At most a virtual day: a command that takes longer has gone wrong.</summary>
    private CommandReply Answered(Task<CommandReply> answer)
    {
        var limit = machine.Now + TimeSpan.FromDays(1);
        machine.Settle();
        while (!answer.IsCompleted && machine.Scheduler.NextDue is { } due && due <= limit) machine.Pass(due - machine.Now);
        return Machine.Answer(answer);
    }
}
