using System.Collections.Immutable;
using System.Threading.Channels;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Actors;

/// <summary>
/// Gives several services the same command in an order that their dependencies allow. What has begun goes on to its end, whoever stops
/// waiting for it: half of them restarted would help nobody.
/// </summary>
/// <param name="control">Gives the command to one.</param>
/// <param name="feed">The live picture.</param>
/// <param name="hold">Called before services are restarted together: their old runs do not count as ready any more.</param>
/// <param name="release">Called when that is over.</param>
internal sealed class BulkRunner(
    IServiceControl control, IServiceFeed feed, Action<IReadOnlyCollection<string>> hold, Action<IReadOnlyCollection<string>> release)
{
    public async Task<IReadOnlyList<ServiceOutcome>> RunAsync(BulkAction action, string by)
    {
        var services = feed.Current.Services;
        var graph = new DependencyGraph([.. services.Values.Select(view => view.Definition)]);
        var known = action.Names.Select(feed.Current.Find).OfType<ServiceView>().Select(view => view.Name).ToHashSet(StringComparer.Ordinal);
        if (action.WithDependents && action.Verb != BulkVerb.Start)
            known.UnionWith(graph.WithDependants(known).Where(name => known.Contains(name) || services[name] is { Desired: Desired.Up, IsDaemon: false }));
        var outcomes = action.Verb switch
        {
            // Each waits by itself for what it depends on.
            BulkVerb.Start => await Task.WhenAll(known.Select(name => OneAsync(action, name, () => control.StartAsync(name, by)))),
            BulkVerb.Stop => await StopAsync(graph.StopOrder(known), action, by),
            _ => await RestartAsync(graph.StopOrder(known), known, action, by),
        };
        var unknown = action.Names.Where(name => feed.Current.Find(name) is null).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => new ServiceOutcome(name, new CommandReply.Refused(RefusalCode.UnknownService, $"There is no service '{name}'."), false));
        return [.. outcomes.Concat(unknown).OrderBy(outcome => outcome.Service, StringComparer.Ordinal)];
    }

    private async Task<IEnumerable<ServiceOutcome>> StopAsync(
        ImmutableArray<ImmutableArray<string>> levels, BulkAction action, string by)
    {
        List<ServiceOutcome> outcomes = [];
        foreach (var level in levels)
        {
            outcomes.AddRange(await Task.WhenAll(level.Select(
                name => OneAsync(action, name, () => control.StopAsync(name, action.Timeout, action.Force, by)))));
        }
        return outcomes;
    }

    /// <summary>
    /// Whoever depends on a service is down before that is stopped, and comes up when its new run is ready. Each command covers both, so
    /// that a daemon that dies in between leaves nothing down.
    /// </summary>
    private async Task<IEnumerable<ServiceOutcome>> RestartAsync(
        ImmutableArray<ImmutableArray<string>> levels, IReadOnlyCollection<string> names, BulkAction action, string by)
    {
        hold(names);
        using var over = new CancellationTokenSource();
        try
        {
            List<Task<ServiceOutcome>> open = [];
            foreach (var level in levels)
            {
                var before = level.ToDictionary(name => name, name => feed.Current.Services.GetValueOrDefault(name)?.Generation ?? 0);
                var started = level.Select(name => OneAsync(action, name, () => control.RestartAsync(name, by))).ToList();
                open.AddRange(started);
                await Task.WhenAny(Task.WhenAll(started), AreDownAsync(before, over.Token));
            }
            return await Task.WhenAll(open);
        }
        finally
        {
            // A level of which some were refused is never down.
            await over.CancelAsync();
            release(names);
        }
    }

    /// <summary>Ends when the old run of each is gone.</summary>
    private async Task AreDownAsync(Dictionary<string, long> before, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var changes = feed.Subscribe();
            try
            {
                while (!before.All(run => IsDown(run.Key, run.Value))) await changes.Changes.ReadAsync(cancellationToken);
                return;
            }
            catch (OperationCanceledException)
            {
                return; // nobody waits any more
            }
            catch (ChannelClosedException)
            {
                // More changes at once than fit: the picture is looked at anew.
            }
        }
    }

    private bool IsDown(string name, long generation) =>
        !feed.Current.Services.TryGetValue(name, out var view) || view.Generation > generation
        || view is { Pid: null, Phase: not (Phase.Running or Phase.Starting or Phase.Stopping) };

    private static async Task<ServiceOutcome> OneAsync(BulkAction action, string name, Func<Task<CommandReply>> command)
    {
        var reply = await command();
        var outcome = reply is CommandReply.Refused { Code: RefusalCode.AlreadyRunning or RefusalCode.NotRunning } already
            ? new ServiceOutcome(name, new CommandReply.Done(already.Detail), IsChanged: false)
            : new ServiceOutcome(name, reply, IsChanged: reply is CommandReply.Done);
        action.Progress?.Report(outcome);
        return outcome;
    }
}
