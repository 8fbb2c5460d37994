using System.Diagnostics;
using Akka.Actor;
using Microsoft.Data.Sqlite;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Events_and_snapshots_come_back_on_sqlite()
    {
        await JournalContract.HoldsAsync(_home.Options);
    }

    [Fact]
    public async Task What_is_stored_carries_its_constant_name()
    {
        await using (var host = await JournalHost.StartAsync(_home.Options))
            await host.AskAsync("a", new WriterActor.Store([Serialization.Samples.All["service.wanted_up.v1"]]));

        using var connection = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadOnly);
        Assert.Equal("service.wanted_up.v1|54112", connection.Scalar("SELECT manifest || '|' || identifier FROM journal"));
    }

    [Fact]
    public async Task Everything_acknowledged_is_there_after_the_writer_was_killed()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WriterProgram).Assembly.Location, "write", _home.Path]) { RedirectStandardOutput = true };
        using var writer = Process.Start(start)!;
        var acknowledged = 0;
        try
        {
            using var limit = new CancellationTokenSource(Eventually.Limit);
            while (acknowledged < 200) acknowledged = Count(await writer.StandardOutput.ReadLineAsync(limit.Token), acknowledged);
        }
        finally
        {
            writer.Kill();
        }
        while (await writer.StandardOutput.ReadLineAsync() is { } line) acknowledged = Count(line, acknowledged);
        await writer.WaitForExitAsync();
        Assert.NotEqual(0, writer.ExitCode);
        Assert.True(new FileInfo(_home.Database + "-wal").Length > 0);

        await using var host = await JournalHost.StartAsync(_home.Options);

        var recovered = await JournalContract.RecoveredAsync(host, "writer");
        // One more may have been committed without the writer having lived to say so.
        Assert.InRange(recovered.Count, acknowledged, acknowledged + 1);
    }

    [RootFact]
    public async Task A_full_disk_fails_a_write_and_loses_nothing_before_it()
    {
        using var disk = new Tmpfs("2m");
        var options = new PersistenceOptions { Home = disk.Path };
        var stored = 0;
        await using (var host = await JournalHost.StartAsync(options))
        {
            await StoreAsync();
            disk.Fill();
            object answer;
            do answer = await StoreAsync();
            while (answer is WriterActor.Stored);
            Assert.IsType<WriterActor.Failed>(answer);

            async Task<object> StoreAsync()
            {
                var answer = await host.AskAsync("a", new WriterActor.Store([new ServiceEvents.GaveUp(1, new string('x', 2000), null, TimeSpan.Zero, Views.Noon)]));
                if (answer is WriterActor.Stored) stored++;
                return answer;
            }
        }
        disk.MakeRoom();

        await using var second = await JournalHost.StartAsync(options);
        Assert.Equal(stored, (await JournalContract.RecoveredAsync(second, "a")).Count);
    }

    [Fact]
    public async Task An_actor_that_comes_back_during_a_write_of_its_former_self_sees_it()
    {
        await using var host = await JournalHost.StartAsync(_home.Options);
        var wanted = Serialization.Samples.All["service.wanted_up.v1"];
        var former = host.System.ActorOf(WriterActor.For("same"));
        await former.Ask<WriterActor.Recovered>(new WriterActor.GetRecovered(), Eventually.Limit);
        using var other = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadWrite);

        // The write waits for this lock, while its actor is no more.
        other.Execute("BEGIN IMMEDIATE");
        former.Tell(new WriterActor.StoreAndStop([wanted]));
        await former.WatchAsync();
        var next = host.System.ActorOf(WriterActor.For("same"));
        var recovered = next.Ask<WriterActor.Recovered>(new WriterActor.GetRecovered(), Eventually.Limit);
        // Time for a wrong answer; the right one cannot come yet.
        await Task.WhenAny(recovered, Task.Delay(300));
        Assert.False(recovered.IsCompleted);
        other.Execute("COMMIT");

        Assert.Single((await recovered).Things);
        Assert.IsType<WriterActor.Stored>(await next.Ask<object>(new WriterActor.Store([wanted]), Eventually.Limit));
    }

    [Fact]
    public async Task An_actors_events_are_unique_and_found_by_an_index()
    {
        await using var host = await JournalHost.StartAsync(_home.Options);
        await host.AskAsync("a", new WriterActor.Store([Serialization.Samples.All["service.wanted_up.v1"]]));

        using var connection = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadOnly);
        Assert.Equal(1L, connection.Scalar(
            "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'journal' AND sql LIKE 'CREATE UNIQUE INDEX%(persistence_id, sequence_number)%'"));
    }

    // Akka logs to the same place until its loggers are there, and the last line may be torn.
    private static int Count(string? line, int before)
    {
        Assert.True(line is not null, "The writer ended by itself.");
        return int.TryParse(line, out var count) ? Math.Max(count, before) : before;
    }
}
