using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Hosting;
using Ziggie.Api.Record;
using Ziggie.Dashboard.Access;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Config;

/// <summary>Plans and applies sets of definitions, whoever asks for it.</summary>
internal sealed class DefinitionSets(
    ConfigSettings settings, ConfigFile file, IConfigurationControl control, DaemonStatus daemon, AuditLog audit) : IDefinitionSets
{
    public DaemonFileStatus File
    {
        get
        {
            var status = file.Status;
            return new DaemonFileStatus(
                settings.File, settings.Watch, status.Exists, status.Files, status.AppliedAt, status.Summary, status.Message, status.Errors);
        }
    }

    public async Task<SetReply> PlanFileAsync(CancellationToken cancellationToken = default)
    {
        var (reply, errors) = await file.PlanAsync(cancellationToken);
        return OfFile(reply, errors);
    }

    public async Task<SetReply> ApplyFileAsync(Doer by, bool wait, CancellationToken cancellationToken = default)
    {
        if (daemon.IsStopping) return Stopping();
        var (reply, errors) = await file.ApplyAsync(by.Name, wait, cancellationToken);
        return OfFile(reply, errors);
    }

    public async Task<SetReply> PlanAsync(SetText text, CancellationToken cancellationToken = default) =>
        TryRead(text, out var set, out var errors)
            ? Of(await control.PlanAsync(set, cancellationToken), set.Set)
            : new SetReply.Invalid(errors);

    public async Task<SetReply> ApplyAsync(SetText text, Doer by, bool wait, CancellationToken cancellationToken = default)
    {
        if (daemon.IsStopping) return Stopping();
        if (!TryRead(text, out var set, out var errors)) return new SetReply.Invalid(errors);
        var reply = await control.ApplyAsync(set, by.Name, wait, cancellationToken);
        if (reply is ConfigurationReply.Done done && ConfigWords.ChangesAnything(done))
            await audit.ByAsync(by, AuditKinds.ConfigApplied, $"Applied {set.Set}: {ConfigWords.Summarize(done)}");
        return Of(reply, set.Set);
    }

    private static bool TryRead(SetText text, out DeclarationSet set, out ImmutableArray<DefinitionError> errors)
    {
        var read = ConfigurationReader.ReadText(text.Yaml, Origins.Apply(text.Source));
        set = new DeclarationSet(Origins.Apply(text.Source), read.Services, text.Force);
        errors = read.Errors;
        return read.IsValid;
    }

    private SetReply OfFile(ConfigurationReply? reply, ImmutableArray<DefinitionError> errors) =>
        !errors.IsDefaultOrEmpty ? new SetReply.Invalid(errors)
        : reply is null ? new SetReply.NoFile(settings.File)
        : Of(reply, Origins.Files);

    private static SetReply Of(ConfigurationReply reply, string set) => reply switch
    {
        ConfigurationReply.Done done => new SetReply.Accepted(set, done, ConfigWords.Summarize(done)),
        ConfigurationReply.Refused { Why: { Code: RefusalCode.InvalidDefinition } why } => new SetReply.Invalid(why.Errors),
        ConfigurationReply.Refused refused => new SetReply.Refused(refused.Why),
        _ => throw new InvalidOperationException($"No such reply: {reply.GetType()}"),
    };

    private static SetReply.Refused Stopping() => new(new CommandReply.Refused(RefusalCode.Stopping, "The daemon is stopping."));
}
