using Microsoft.Extensions.FileSystemGlobbing;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Api.Config;

/// <summary>The files of one reading, remembered as they were just before they were read: what changes later makes it stale.</summary>
internal sealed class DiskFiles : IConfigurationFiles
{
    private readonly Dictionary<string, Stamp> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _found = new(StringComparer.Ordinal);

    /// <summary>Whether any file, or what a pattern stands for, is no longer what was read.</summary>
    public bool IsStale => _read.Any(f => Stamp.Of(f.Key) != f.Value) || _found.Any(p => !Match(p.Key).SequenceEqual(p.Value));

    /// <summary>Whether a file that was read is gone.</summary>
    public bool LostAny => _read.Any(f => f.Value.Exists && !File.Exists(f.Key));

    public string Read(string path)
    {
        _read[path] = Stamp.Of(path);
        return TextFiles.Read(path);
    }

    public IReadOnlyList<string> Find(string pattern) => _found[pattern] = Match(pattern);

    private static IReadOnlyList<string> Match(string pattern)
    {
        var (folder, below) = Split(pattern);
        if (!Directory.Exists(folder)) return [];
        try
        {
            // As in a shell, a star does not stand for what is hidden, such as the lock files of editors.
            return
            [
                .. new Matcher(StringComparison.Ordinal).AddInclude(below).GetResultsInFullPath(folder)
                    .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The folder before the first star, and the pattern below it.</summary>
    public static (string Folder, string Pattern) Split(string pattern)
    {
        var folder = pattern[..(pattern.LastIndexOf(Path.DirectorySeparatorChar, pattern.IndexOf('*')) + 1)];
        return (folder, pattern[folder.Length..]);
    }

    /// <summary>What changes when a file is written or replaced.</summary>
    private readonly record struct Stamp(bool Exists, long Length, DateTime Written)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            // Through a link, as containers hand files in.
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return file.Exists ? new Stamp(true, file.Length, file.LastWriteTimeUtc) : default;
        }
    }
}
