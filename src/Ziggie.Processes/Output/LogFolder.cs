namespace Ziggie.Processes.Output;

/// <summary>
/// The files of one service's log. Files only: what is in them is written by <see cref="LogWriter"/>, kept small by
/// <see cref="LogKeeper"/> and read by <see cref="LogReader"/> and <see cref="FollowCursor"/>.
/// </summary>
internal sealed class LogFolder(string service, string path)
{
    public const string TemporaryEnd = ".tmp";

    /// <summary>A link to the segment that is written now, for people and tools.</summary>
    public const string CurrentName = "current.log";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private volatile int _version;
    private int _untended;

    public string Service => service;

    public string Path => path;

    /// <summary>Held while closed segments are compressed or deleted, and while the whole folder is moved away.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Pulses when there is something new to read.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Grows whenever segments come or go.</summary>
    public int Version => _version;

    public bool IsRemoved { get; set; }

    public SegmentSizes Sizes { get; } = new();

    public void Touch() => Interlocked.Increment(ref _version);

    /// <summary>Counts the wishes for tidying since it was last done.</summary>
    public int AddUntended() => Interlocked.Increment(ref _untended);

    public void ClearUntended() => Volatile.Write(ref _untended, 0);

    /// <exception cref="IOException">It cannot be made.</exception>
    public void Create() => CreateFolder(path);

    public static void CreateFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The folder {folder} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>
    /// The segments, oldest first. Where a plain and a compressed file have the same start, the plain one counts: the other may be about to
    /// be thrown away.
    /// </summary>
    public IReadOnlyList<Segment> List()
    {
        var found = new SortedDictionary<long, bool>();
        foreach (var name in FileNames())
        {
            if (Segment.TryParse(name, Segment.PlainEnd, out var start)) found[start] = false;
            else if (Segment.TryParse(name, Segment.CompressedEnd, out start)) found.TryAdd(start, true);
        }
        var starts = found.Keys.ToArray();
        return [.. starts.Select((start, i) => new Segment(path, start, found[start], i + 1 < starts.Length ? starts[i + 1] : null))];
    }

    public IReadOnlyList<string> FileNames()
    {
        try
        {
            return [.. Directory.EnumerateFiles(path).Select(file => System.IO.Path.GetFileName(file))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Lets <see cref="CurrentName"/> show the segment in one step. It is a convenience: a failure is none of the log's.</summary>
    public void PointCurrentTo(long start)
    {
        var link = System.IO.Path.Combine(path, CurrentName);
        try
        {
            File.Delete(link + TemporaryEnd);
            File.CreateSymbolicLink(link + TemporaryEnd, System.IO.Path.GetFileName(Segment.PathOf(path, start, Segment.PlainEnd)));
            File.Move(link + TemporaryEnd, link, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }
}
