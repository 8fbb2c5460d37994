using Microsoft.Data.Sqlite;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Store;

/// <summary>The log beside the database as a daemon leaves it that was killed, and what may befall it then.</summary>
public sealed class SqliteLogCheckTests : IDisposable
{
    private readonly TempHome _killed = new();

    private string Log => _killed.Database + "-wal";

    public void Dispose() => _killed.Dispose();

    [Fact]
    public async Task A_log_as_it_was_left_is_taken()
    {
        await LeaveAsync();
        await StoreSetup.PrepareAsync(_killed.Options);
        Assert.Equal(50L, Rows());
    }

    [Fact]
    public async Task A_log_whose_beginning_is_in_the_store_already_is_taken()
    {
        await LeaveAsync(connection => connection.Execute("PRAGMA wal_checkpoint(PASSIVE)"));
        await StoreSetup.PrepareAsync(_killed.Options);
        Assert.Equal(50L, Rows());
    }

    [Fact]
    public async Task A_log_that_was_begun_anew_is_taken()
    {
        await LeaveAsync(connection => connection.Execute("PRAGMA wal_checkpoint(RESTART); DELETE FROM users WHERE id > 40"));
        await StoreSetup.PrepareAsync(_killed.Options);
        Assert.Equal(40L, Rows());
    }

    [Fact]
    public async Task A_last_change_that_was_torn_is_none()
    {
        await LeaveAsync();
        using (var log = File.OpenWrite(Log))
        {
            log.Position = log.Length;
            log.Write(new byte[3000]);
        }
        await StoreSetup.PrepareAsync(_killed.Options);
        Assert.Equal(50L, Rows());
    }

    [Fact]
    public async Task An_overwritten_log_is_refused_and_left_alone()
    {
        await LeaveAsync();
        await RefusedAsync("was overwritten", log => new Random(1).NextBytes(log));
    }

    [Fact]
    public async Task An_overwritten_log_without_its_index_is_refused()
    {
        await LeaveAsync();
        File.Delete(_killed.Database + "-shm");
        await RefusedAsync("was overwritten", log => new Random(1).NextBytes(log));
    }

    [Fact]
    public async Task One_wrong_bit_is_refused()
    {
        await LeaveAsync();
        await RefusedAsync("was cut or overwritten", log => log[log.Length / 2] ^= 1);
    }

    [Fact]
    public async Task A_log_of_zeros_is_refused()
    {
        await LeaveAsync();
        await RefusedAsync("0 of ", log => Array.Clear(log));
    }

    [Fact]
    public async Task A_log_that_was_cut_is_refused()
    {
        await LeaveAsync();
        using (var log = File.OpenWrite(Log)) log.SetLength(log.Length / 2);
        await RefusedAsync("changed pages are left. It was left as it is. There is no backup", _ => { });
    }

    [Fact]
    public async Task A_log_that_was_removed_is_missed()
    {
        await LeaveAsync();
        File.Delete(Log);
        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(_killed.Options));
        Assert.Contains("Or move ziggie.db-wal and ziggie.db-shm away", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_sentence_proposes_helps()
    {
        await LeaveAsync();
        using (var log = File.OpenWrite(Log)) log.SetLength(log.Length / 2);
        File.Move(Log, Log + ".away");
        File.Move(_killed.Database + "-shm", _killed.Database + "-shm.away");
        await StoreSetup.PrepareAsync(_killed.Options);
        Assert.Equal(0L, Rows());
    }

    [Fact]
    public async Task A_log_cut_by_a_loss_of_power_is_taken_up_to_the_cut()
    {
        await LeaveAsync();
        using (var log = File.OpenWrite(Log)) log.SetLength(log.Length / 2);
        File.SetLastWriteTimeUtc(Log, DateTime.UtcNow - Ziggie.Processes.MachineClock.SinceBoot - TimeSpan.FromMinutes(1));
        await StoreSetup.PrepareAsync(_killed.Options);
        Assert.InRange(Rows(), 1, 49);
    }

    /// <summary>Fifty changes, and the files as they are while the program that made them still has them open.</summary>
    private async Task LeaveAsync(Action<SqliteConnection>? then = null)
    {
        using var living = new TempHome();
        await StoreSetup.PrepareAsync(living.Options);
        using var connection = new SqliteConnection($"Data Source={living.Database};Pooling=False");
        connection.Open();
        for (var n = 1; n <= 50; n++)
        {
            connection.Execute(
                "INSERT INTO users (id, username, hashed_password, role, is_active, created_at) " + $"VALUES ({n}, 'user-{n}', '{new string('x', 2000)}', 'user', 1, '2026-01-01')");
        }
        then?.Invoke(connection);
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Copy(living.Database + suffix, _killed.Database + suffix);
    }

    private async Task RefusedAsync(string expected, Action<byte[]> spoil)
    {
        var log = await File.ReadAllBytesAsync(Log);
        spoil(log);
        await File.WriteAllBytesAsync(Log, log);

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(_killed.Options));

        Assert.Equal(StoreProblem.Damaged, e.Problem);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(log, await File.ReadAllBytesAsync(Log));
    }

    private long Rows()
    {
        using var connection = SqliteFile.Open(_killed.Database, SqliteOpenMode.ReadOnly);
        return (long)connection.Scalar("SELECT count(*) FROM users")!;
    }
}
