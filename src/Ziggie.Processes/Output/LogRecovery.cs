namespace Ziggie.Processes.Output;

/// <summary>Finishes or undoes what a killed daemon had begun in a log's folder. Nothing else may write there meanwhile.</summary>
internal static class LogRecovery
{
    /// <summary>The last segment, which may go on; null for an empty log.</summary>
    public static Segment? Recover(LogFolder folder)
    {
        lock (folder.Gate)
        {
            var names = folder.FileNames();
            foreach (var name in names.Where(name => name.EndsWith(LogFolder.TemporaryEnd, StringComparison.Ordinal)))
                File.Delete(Path.Combine(folder.Path, name));
            var segments = folder.List();
            foreach (var segment in segments) Finish(segment);
            DeleteStrayIndexes(folder, names, segments);
            return segments.Count > 0 ? segments[^1] : null;
        }
    }

    private static void Finish(Segment segment)
    {
        if (segment.Compressed) return;
        // The daemon died between the compressed file's rename and the deletion of this one. It is compressed again.
        File.Delete(segment.CompressedPath);
        if (segment.Next is null) return;
        using var file = LogFile.Open(segment.PlainPath);
        var length = RandomAccess.GetLength(file);
        if (segment.Clip(length) < length) RandomAccess.SetLength(file, segment.Clip(length));
    }

    private static void DeleteStrayIndexes(LogFolder folder, IReadOnlyList<string> names, IReadOnlyList<Segment> segments)
    {
        var starts = segments.Select(segment => segment.Start).ToHashSet();
        foreach (var name in names)
        {
            if (Segment.TryParse(name, Segment.IndexEnd, out var start) && !starts.Contains(start))
                File.Delete(Path.Combine(folder.Path, name));
        }
    }
}
