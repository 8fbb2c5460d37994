using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Config;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Endpoints;

/// <summary>Makes the bodies about sets of definitions.</summary>
internal static class ConfigBodies
{
    public static ConfigAnswer Of(ConfigurationReply.Done done, string set) => new(
        done.Services.All(s => s.Reply is not CommandReply.Refused), done.IsDryRun, set, ConfigWords.Summarize(done), [.. done.Services.Select(Of)]);

    public static ConfigErrorBody Of(DefinitionError error) =>
        new(error.File, error.Line, error.Column, error.Service, error.Field, error.Message);

    private static ConfigChangeBody Of(ServiceResult result) => new()
    {
        Name = result.Change.Name,
        Action = Words.Of(result.Change.Action),
        Origin = result.Change.Next?.Origin,
        PreviousOrigin = result.Change.Now?.Origin,
        Changes = [.. result.Change.Keys.Select(k => new ConfigKeyBody(k.Key, k.Old, k.New))],
        NeedsRestart = result.Change.NeedsRestart,
        Restarts = result.Restarts,
        Starts = result.Starts,
        Ok = result.Reply is null ? null : result.Reply is CommandReply.Done,
        Message = result.Reply switch
        {
            CommandReply.Done done => done.Message,
            CommandReply.Refused refused => refused.Detail,
            _ => null,
        },
    };
}
