namespace Ziggie.Processes.Output;

public sealed partial class OutputStore
{
    public LogSlice ReadSlice(string service, LogSliceQuery query) => LogSlicer.Read(FolderOf(service), query);

    public async Task WaitForMoreAsync(string service, long end, CancellationToken cancellationToken)
    {
        // The same one throughout: after a removal there may be another of that name, of which this end is none.
        var folder = FolderOf(service);
        while (true)
        {
            var changed = folder.Changed.Next();
            if (folder.IsRemoved || LogSlicer.EndOf(folder) != end) return;
            await changed.WaitAsync(cancellationToken);
        }
    }
}
