using System.Diagnostics;
using System.Globalization;
using Ziggie.Api.Handover;
using Ziggie.Processes;

namespace Ziggie.Api.Hosting;

/// <summary>Keeps a home to one daemon. Held for life; the kernel lets go of it however the daemon ends.</summary>
internal sealed class HomeLock : IDisposable
{
    private static readonly TimeSpan InheritLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DeathLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly FileStream _file;
    private readonly ZiggieHome _home;

    private HomeLock(FileStream file, ZiggieHome home) => (_file, _home) = (file, home);

    /// <summary>Takes the lock; null when another daemon has it. <see cref="ZiggieHome.Create"/> comes first.</summary>
    public static HomeLock? TryAcquire(ZiggieHome home)
    {
        FileStream file;
        try
        {
            // On Unix FileShare.None is flock(LOCK_EX | LOCK_NB).
            file = new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw StartRefusedException.BadSetting($"The lock {home.LockFile} cannot be opened: {e.Message}");
        }

        var held = new HomeLock(file, home);
        var temporary = home.PidFile + ".new";
        try
        {
            File.WriteAllText(temporary, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            File.Move(temporary, home.PidFile, overwrite: true);
            return held;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes the lock, or refuses the start and names the daemon that has it.</summary>
    public static HomeLock Acquire(ZiggieHome home)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryAcquire(home) is { } held) return held;
            // One that was killed holds its files for as long as its memory is being freed, which takes a moment on a busy machine.
            var isAlive = HolderOf(home) is { } pid && ProcessIdentities.IsAlive(pid);
            if (isAlive || Stopwatch.GetElapsedTime(began) > DeathLimit) throw Refusal(home);
            Thread.Sleep(Poll);
        }
    }

    /// <summary>Says that this process is ready to take over, and waits for the other daemon to let go, however that comes about.</summary>
    public static HomeLock Inherit(ZiggieHome home, HandoverReport handover, CancellationToken cancellation)
    {
        handover.Say(HandoverReport.Ready);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < InheritLimit)
        {
            if (TryAcquire(home) is { } held) return held;
            cancellation.ThrowIfCancellationRequested();
            Thread.Sleep(Poll);
        }
        throw Refusal(home);
    }

    /// <summary>The PID of the daemon that holds the home; null when it cannot be read (yet).</summary>
    public static int? HolderOf(ZiggieHome home)
    {
        try
        {
            return int.TryParse(File.ReadAllText(home.PidFile), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        // While the lock is still held: nobody else's file can be hit.
        if (HolderOf(_home) == Environment.ProcessId) File.Delete(_home.PidFile);
        _file.Dispose();
    }

    private static StartRefusedException Refusal(ZiggieHome home)
    {
        var by = HolderOf(home) is { } pid ? $"the daemon with PID {pid}" : "another daemon";
        return new StartRefusedException(ExitCodes.HomeInUse,
            $"The home {home.Root} is held by {by}. Stop that one first, or name another home with ZIGGIE_HOME.");
    }
}
