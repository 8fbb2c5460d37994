namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>What one reading has gathered so far.</summary>
/// <param name="file">The file's name, for errors and as the base of relative folders; null for a text from elsewhere.</param>
internal sealed class ReadContext(string? file)
{
    public List<DefinitionError> Errors { get; } = [];

    /// <summary>The service being read, put into each error.</summary>
    public string? Service { get; set; }

    /// <summary>The folder against which relative paths of a file are taken; null where they have no meaning.</summary>
    public string? BaseFolder { get; } = file is null ? null : Path.GetDirectoryName(Path.GetFullPath(file));

    /// <summary>Every key that was asked for, by section: lets a test compare the reader with the published schema.</summary>
    public Dictionary<string, IReadOnlyCollection<string>> KnownKeys { get; } = new(StringComparer.Ordinal);

    public void Refuse(Place place, string path, string message) =>
        Errors.Add(new DefinitionError(path, message, Service, place.Line, place.Column, file));

    public void Refuse(Node node, string path, string message) => Refuse(node.Place, path, message);

    public static string Quote(string text)
    {
        var shown = string.Concat(text.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > 60 ? $"'{shown}…'" : $"'{shown}'";
    }

    public static string Below(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
