namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>What one file says.</summary>
internal sealed record FileContents(IReadOnlyList<WrittenService> Services, IReadOnlyList<WrittenInclude> Includes)
{
    public static FileContents None { get; } = new([], []);
}

/// <param name="Name">As it is written.</param>
/// <param name="Place">Of the name.</param>
/// <param name="Definition">Null after errors.</param>
internal sealed record WrittenService(string Name, Place Place, ServiceDefinition? Definition);

/// <param name="Path">A path or a pattern, as it is written.</param>
/// <param name="Place">Where.</param>
internal sealed record WrittenInclude(string Path, Place Place);
