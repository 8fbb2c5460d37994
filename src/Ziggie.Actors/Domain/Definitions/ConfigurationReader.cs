using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions.Reading;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>
/// Reads a file and what it includes. A file that is included from several places is read once; one that includes itself, also through
/// others, is refused, and so is a service that stands in two files.
/// </summary>
public sealed class ConfigurationReader
{
    private const int MostFiles = 1_000;
    private const int LongestFile = 5_000_000;
    private const int DeepestInclude = 50;

    private readonly IConfigurationFiles _files;
    private readonly List<DefinitionError> _errors = [];
    private readonly List<Declaration> _services = [];
    private readonly List<string> _read = [];
    private readonly List<string> _patterns = [];
    private readonly Dictionary<string, (string File, int? Line)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>From the first file to the one being read: each with the line by which it includes the next.</summary>
    private readonly List<(string File, int? Line)> _path = [];

    private ConfigurationReader(IConfigurationFiles files) => _files = files;

    /// <param name="file">Absolute.</param>
    /// <param name="files">Where it and the others are.</param>
    public static ConfigurationResult Read(string file, IConfigurationFiles files)
    {
        var reader = new ConfigurationReader(files);
        reader.Visit(file, includedFrom: null);
        return new ConfigurationResult(reader._errors.Count == 0 ? [.. reader._services] : [], [.. reader._errors], [.. reader._read], [.. reader._patterns]);
    }

    /// <summary>A text from elsewhere, which can include nothing and holds no relative paths.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="origin">Of each of its services.</param>
    public static ConfigurationResult ReadText(string yaml, string origin)
    {
        var context = new ReadContext(null);
        var contents = DefinitionReader.ReadContents(context, yaml, mayInclude: false);
        var services = contents.Services.Where(s => s.Definition is not null).Select(s => new Declaration(s.Definition!, origin, s.Place.Line, s.Place.Column));
        return new ConfigurationResult(context.Errors.Count == 0 ? [.. services] : [], [.. context.Errors], [], []);
    }

    private void Visit(string file, Action<string>? includedFrom)
    {
        _read.Add(file);
        var context = new ReadContext(file);
        if (ReadText(file, out var problem) is not { } text)
        {
            if (includedFrom is not null) includedFrom(problem!);
            else _errors.Add(new DefinitionError("", problem!, File: file));
            return;
        }

        var contents = DefinitionReader.ReadContents(context, text, mayInclude: true);
        foreach (var service in contents.Services) Add(context, file, service);
        _errors.AddRange(context.Errors);
        foreach (var include in contents.Includes) Follow(file, include);
    }

    private string? ReadText(string file, out string? problem)
    {
        problem = null;
        try
        {
            var text = _files.Read(file);
            if (text.Length <= LongestFile) return text;
            problem = $"{file} is longer than {LongestFile / 1_000_000} MB.";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = $"There is no file {file}. Correct the path, or take the include out; a pattern with * may well match none.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{file} cannot be read: {e.Message}";
        }

        return null;
    }

    private void Add(ReadContext context, string file, WrittenService service)
    {
        if (_names.TryGetValue(service.Name, out var first))
        {
            if (first.File == file) return;
            context.Service = service.Name;
            context.Refuse(service.Place, "name", $"{ReadContext.Quote(service.Name)} is defined already in {first.File} line {first.Line}; keep one of them.");
            context.Service = null;
            return;
        }

        _names[service.Name] = (file, service.Place.Line);
        if (service.Definition is { } definition) _services.Add(new Declaration(definition, Origins.File(file), service.Place.Line, service.Place.Column));
    }

    private void Follow(string file, WrittenInclude include)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, include.Path));
        IEnumerable<string> targets = [path];
        if (include.Path.Contains('*'))
        {
            if (!_patterns.Contains(path)) _patterns.Add(path);
            // A pattern may well match the file in which it stands.
            targets = _files.Find(path).Where(found => found != file);
        }

        _path.Add((file, include.Place.Line));
        foreach (var target in targets) FollowTo(file, include, target);
        _path.RemoveAt(_path.Count - 1);
    }

    private void FollowTo(string file, WrittenInclude include, string target)
    {
        var at = _path.FindIndex(p => p.File == target);
        if (at >= 0)
        {
            var circle = string.Join(" -> ", _path[at..].Select(p => $"{p.File} line {p.Line}").Append(target));
            Refuse($"The files include each other in a circle: {circle}. Take one of these lines out.");
        }
        else if (_path.Count > DeepestInclude)
        {
            Refuse($"Files are included deeper than {DeepestInclude} levels.");
        }
        else if (!_read.Contains(target))
        {
            if (_read.Count < MostFiles) Visit(target, Refuse);
            else Refuse($"More than {MostFiles} files are included.");
        }

        void Refuse(string message) =>
            _errors.Add(new DefinitionError("include", message, null, include.Place.Line, include.Place.Column, file));
    }
}
