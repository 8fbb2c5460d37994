using System.Collections.Concurrent;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>Applies sets to services that live in memory, planned as the real thing plans them.</summary>
internal sealed class FakeConfiguration(FakeServices services) : IConfigurationControl
{
    /// <summary>Every apply as "set by user".</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>What is answered instead of doing anything.</summary>
    public ConfigurationReply? Scripted { get; set; }

    /// <summary>What comes of a service that is applied; Done unless said otherwise.</summary>
    public ConcurrentDictionary<string, CommandReply> Outcomes { get; } = [];

    public Task<ConfigurationReply> PlanAsync(DeclarationSet set, CancellationToken cancellationToken = default) =>
        Task.FromResult(Scripted ?? Plan(set, isDryRun: true));

    public Task<ConfigurationReply> ApplyAsync(DeclarationSet set, string by, bool wait, CancellationToken cancellationToken = default)
    {
        Heard.Enqueue($"{set.Set} by {by}");
        var reply = Scripted ?? Plan(set, isDryRun: false);
        if (reply is not ConfigurationReply.Done done) return Task.FromResult(reply);
        foreach (var change in done.Services.Select(s => s.Change))
        {
            if (change.Action is PlannedAction.Removed) services.Remove(change.Name);
            if (change.Action is PlannedAction.Added) services.Add(change.Next!.Definition);
            if (change.Next is { } next) services.Change(change.Name, v => v with { Definition = next.Definition, Origin = next.Origin });
        }

        return Task.FromResult<ConfigurationReply>(!wait ? done : done with
        {
            Services = [.. done.Services.Select(s => s.Change.Action is PlannedAction.Unchanged
                ? s : s with { Reply = Outcomes.GetValueOrDefault(s.Change.Name, new CommandReply.Done($"Service '{s.Change.Name}' {s.Change.Action}.")) })],
        });
    }

    private ConfigurationReply Plan(DeclarationSet set, bool isDryRun)
    {
        var plan = Planner.Make(services.Current.Services.Values.ToDictionary(s => s.Name, s => new Declaration(s.Definition, s.Origin)), set);
        return plan.Refused is { } refused
            ? new ConfigurationReply.Refused(refused)
            : new ConfigurationReply.Done([.. plan.Changes.Select(c => new ServiceResult(c, c.NeedsRestart, c.Now is null && c.Next!.Definition.Autostart))], isDryRun);
    }
}
