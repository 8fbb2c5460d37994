using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors;

/// <summary>What came of a command: it is so, or why not. A closed set; nothing else is ever answered.</summary>
public abstract record CommandReply
{
    private CommandReply() { }

    /// <param name="Message">What is true now, as a sentence.</param>
    /// <param name="Pid">The main process, after a start or restart.</param>
    /// <param name="Service">The service after the command; null after a removal.</param>
    public sealed record Done(string Message, int? Pid = null, ServiceView? Service = null) : CommandReply;

    /// <param name="Code">Stable, for programs.</param>
    /// <param name="Detail">For a person, with what to do.</param>
    /// <param name="Errors">For <see cref="RefusalCode.InvalidDefinition"/>: each thing that is wrong.</param>
    public sealed record Refused(RefusalCode Code, string Detail, ImmutableArray<DefinitionError> Errors = default) : CommandReply;
}

/// <summary>Why a command was refused or failed. Shown as snake_case.</summary>
public enum RefusalCode
{
    UnknownService,
    AlreadyRunning,
    NotRunning,
    PortInUse,
    ProgramMissing,
    NotExecutable,
    FolderMissing,
    UserUnknown,
    NotPermitted,
    EnvironmentInvalid,
    StartFailed,
    DependencyNotReady,
    Superseded,
    Conflict,
    ManagedByFile,
    InvalidDefinition,
    IsDaemon,
    Stopping,
    StoreFailed,
    Interrupted,
    TimedOut,
}
