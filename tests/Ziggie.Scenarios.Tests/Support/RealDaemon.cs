using Ziggie.Api.Tests.Support;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>A daemon in a process of its own.</summary>
internal sealed class RealDaemon : Daemon
{
    private readonly Program _program;
    private readonly Uri _address;

    private RealDaemon(Program program, string home, Uri address)
    {
        (_program, Home, _address) = (program, home, address);
        Owner = Local();
    }

    public override Uri Address => _address;

    public override string Home { get; }

    /// <summary>Of the program that was started: the wrapper, when there is one.</summary>
    public int Pid => _program.Pid;

    public string Output => _program.Output;

    /// <summary>An admin through the socket in the home, who meets no limits.</summary>
    public ApiClient Owner { get; }

    public static async Task<RealDaemon> StartAsync(Program program, string home) => new(program, home, await program.ListeningAsync());

    /// <summary>Adds a service.</summary>
    public async Task<Service> DefineAsync(object definition)
    {
        var answer = await Owner.PostAsync("/api/services", definition);
        return Service(answer.Ok(201).GetProperty("name").GetString()!);
    }

    public Service Service(string name) => new(Owner, name);

    public void Signal(int signal) => Proc.Signal(Pid, signal);

    /// <summary>As the kernel does it to a daemon that is out of memory.</summary>
    public async Task KillAsync()
    {
        Signal(Proc.Kill);
        await _program.ExitAsync();
    }

    /// <summary>By SIGTERM; its exit code.</summary>
    public Task<int> StopAsync()
    {
        Signal(Proc.Terminate);
        return ExitAsync();
    }

    public Task<int> ExitAsync() => _program.ExitAsync();

    public override ValueTask DisposeAsync()
    {
        _program.Dispose();
        return ValueTask.CompletedTask;
    }
}
