using Ziggie.Dashboard.Access;

namespace Ziggie.Dashboard.Tests.Machine;

/// <summary>A daemon's file that stands as a test wants it to; nothing can be applied.</summary>
internal sealed class FakeSets : IDefinitionSets
{
    public DaemonFileStatus File { get; set; } = new("/home/ziggie.yaml", Watch: true, Exists: true, ["/home/ziggie.yaml"], null, null, null, []);

    public Task<SetReply> PlanFileAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<SetReply> ApplyFileAsync(Doer by, bool wait, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<SetReply> PlanAsync(SetText text, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<SetReply> ApplyAsync(SetText text, Doer by, bool wait, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
