using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Live;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors;

/// <summary>Asks the supervisor, which does one apply after the other.</summary>
internal sealed class ConfigurationControl(Lazy<IActorRef> supervisor, IServiceFeed feed) : IConfigurationControl
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public Task<ConfigurationReply> PlanAsync(DeclarationSet set, CancellationToken cancellationToken = default) =>
        AskAsync(new Apply(set, By: "", IsDryRun: true, Waits: false), Slack, cancellationToken);

    public Task<ConfigurationReply> ApplyAsync(DeclarationSet set, string by, bool wait, CancellationToken cancellationToken = default) =>
        AskAsync(new Apply(set, by, IsDryRun: false, wait), LimitOf(set, wait), cancellationToken);

    private async Task<ConfigurationReply> AskAsync(Apply apply, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await supervisor.Value.Ask<object>(apply, limit, cancellationToken) switch
            {
                ConfigurationReply reply => reply,
                CommandReply.Refused refused => new ConfigurationReply.Refused(refused),
                var other => throw new InvalidOperationException($"No such reply: {other.GetType()}"),
            };
        }
        catch (AskTimeoutException)
        {
            return new ConfigurationReply.Refused(new CommandReply.Refused(RefusalCode.TimedOut,
                $"No answer within {ServiceCore.Humanize(limit)}. What was begun goes on; GET /api/services shows what came of it."));
        }
    }

    /// <summary>A net: one service after the other stops and becomes ready at its slowest.</summary>
    private TimeSpan LimitOf(DeclarationSet set, bool wait)
    {
        var stops = feed.Current.Services.Values.Sum(s => s.Definition.Stop.Timeout.TotalSeconds);
        var starts = wait ? set.Services.Sum(s => s.Definition.EffectiveReady.Timeout.TotalSeconds) : 0;
        return TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, stops + starts)) + Slack;
    }
}
