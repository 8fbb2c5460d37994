using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Access;

/// <summary>Sets of definitions: the daemon's file, and texts that are sent. Applying is recorded; the API and the dashboard both ask here.</summary>
public interface IDefinitionSets
{
    /// <summary>How it stands with the daemon's file.</summary>
    DaemonFileStatus File { get; }

    Task<SetReply> PlanFileAsync(CancellationToken cancellationToken = default);

    /// <param name="by">Who wants it.</param>
    /// <param name="wait">Until what restarts and starts is ready or has failed.</param>
    /// <param name="cancellationToken">Stops the waiting, not the apply.</param>
    Task<SetReply> ApplyFileAsync(Doer by, bool wait, CancellationToken cancellationToken = default);

    Task<SetReply> PlanAsync(SetText text, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ApplyFileAsync"/>
    Task<SetReply> ApplyAsync(SetText text, Doer by, bool wait, CancellationToken cancellationToken = default);
}

/// <summary>A set as it is sent.</summary>
/// <param name="Yaml">The definitions.</param>
/// <param name="Source">Names the set: what came from the same source and is no longer in it, is removed.</param>
/// <param name="Force">Takes over services of other sets.</param>
public sealed record SetText(string Yaml, string Source, bool Force);

/// <summary>What came of a set. A closed set itself.</summary>
public abstract record SetReply
{
    private SetReply() { }

    /// <param name="Set">As in the origins of its services.</param>
    /// <param name="Done">What changes, or has changed.</param>
    /// <param name="Summary">All of it as a sentence.</param>
    public sealed record Accepted(string Set, ConfigurationReply.Done Done, string Summary) : SetReply;

    /// <summary>The text does not say what it must; nothing was changed.</summary>
    public sealed record Invalid(ImmutableArray<DefinitionError> Errors) : SetReply;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(CommandReply.Refused Why) : SetReply;

    /// <summary>There is no such file.</summary>
    public sealed record NoFile(string File) : SetReply;
}

/// <summary>How it stands with the daemon's file.</summary>
/// <param name="File">Its path.</param>
/// <param name="Watch">Whether it is applied by itself when it changes.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Files">All that belong to it, itself first.</param>
/// <param name="AppliedAt">When what it said was last in force as a whole; null when it never was since the daemon began.</param>
/// <param name="Summary">What was changed then.</param>
/// <param name="Message">That the file is gone, for example.</param>
/// <param name="Errors">Why what it says now is not in force; empty when it is.</param>
public sealed record DaemonFileStatus(
    string File, bool Watch, bool Exists, ImmutableArray<string> Files, DateTimeOffset? AppliedAt, string? Summary, string? Message,
    ImmutableArray<DefinitionError> Errors);
