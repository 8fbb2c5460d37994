namespace Ziggie.Processes.Output;

public sealed partial class OutputStore
{
    public LogSlice ReadSlice(string service, LogSliceQuery query) => LogSlicer.Read(FolderOf(service), query);

    public async Task WaitForMoreAsync(string service, long end, CancellationToken cancellationToken)
    {
        while (true)
        {
            var folder = FolderOf(service);
            var changed = folder.Changed.Next();
            if (folder.IsRemoved || LogSlicer.EndOf(folder) != end) return;
            await changed.WaitAsync(cancellationToken);
        }
    }
}
