using Ziggie.Processes;

namespace Ziggie.Actors.Tests.Histories;

/// <summary>A process of the model's machine, with what it started.</summary>
internal sealed class ModelProcess(string runId, long generation, ProcessIdentity identity)
{
    public string RunId => runId;

    public long Generation => generation;

    public ProcessIdentity Identity => identity;

    /// <summary>Null while it lives.</summary>
    public ExitStatus? Exit { get; set; }

    public int Descendants { get; set; }

    /// <summary>It ended while no daemon was there to see it.</summary>
    public bool EndedUnseen { get; set; }

    public bool HasAny => Exit is null || Descendants > 0;
}
