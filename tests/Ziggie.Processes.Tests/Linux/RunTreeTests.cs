using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>Tables that no test can bring about with real processes, above all reused numbers.</summary>
public sealed class RunTreeTests
{
    private const int Self = 10;
    private static readonly ProcessIdentity Main = new(100, 1000, "boot");

    private static ProcStat Row(int pid, int parent, int group, int session, long start, char state = 'S', bool kernel = false) =>
        new(pid, parent, group, session, start, state, kernel, 0);

    private static int[] Find(ProcStat[] table, long aliveAt = 1000, Dictionary<int, string>? runIds = null, Func<ProcStat, bool>? otherMain = null,
        List<int>? looked = null, bool known = true)
    {
        var tree = new RunTree("run", known ? Main : null, aliveAt, Self, ownSession: 5)
        {
            RunIdOf = stat =>
            {
                looked?.Add(stat.Pid);
                return runIds?.GetValueOrDefault(stat.Pid);
            },
            IsOtherMain = otherMain ?? (_ => false),
        };
        return [.. tree.Find([Row(1, 0, 1, 1, 0), Row(Self, 1, 5, 5, 50), .. table]).Select(stat => stat.Pid)];
    }

    [Fact]
    public void A_stranger_with_the_number_and_his_session_are_left_alone() =>
        Assert.Empty(Find([Row(100, 1, 100, 100, 5000), Row(101, 100, 100, 100, 5001)]));

    [Fact]
    public void A_session_whose_leader_is_gone_is_left_alone_when_it_may_be_a_strangers() =>
        Assert.Empty(Find([Row(101, 1, 100, 100, 5001)], aliveAt: 2000));

    [Fact]
    public void A_member_older_than_the_end_of_the_main_process_vouches_for_its_session() =>
        Assert.Equal([101, 102], Find([Row(101, 1, 100, 100, 1500), Row(102, 1, 100, 100, 5000)], aliveAt: 2000));

    [Fact]
    public void A_member_with_the_run_id_vouches_for_its_session() =>
        Assert.Equal([101, 102], Find([Row(101, 1, 100, 100, 5001), Row(102, 1, 100, 100, 5002)], runIds: new() { [102] = "run" }));

    [Fact]
    public void A_member_does_not_vouch_for_a_number_that_a_stranger_leads() =>
        Assert.Equal([101], Find([Row(100, 1, 100, 100, 5000), Row(101, 1, 101, 101, 1200), Row(102, 100, 100, 100, 5002)], runIds: new() { [101] = "run" }));

    [Fact]
    public void Nothing_older_than_the_main_process_is_a_member() =>
        Assert.Empty(Find([Row(101, 1, 101, 101, 999)], runIds: new() { [101] = "run" }));

    [Fact]
    public void A_child_that_is_older_than_its_parent_has_another_parent_by_now() =>
        Assert.Equal([100, 103], Find([Row(100, Self, 100, 100, 1000), Row(103, 100, 103, 103, 3000), Row(104, 103, 104, 104, 2000)]));

    [Fact]
    public void One_on_its_way_out_is_waited_for_and_vouches_for_nobody() =>
        Assert.Equal([101], Find([Row(101, 1, 100, 100, 5001) with { IsExiting = true }, Row(102, 1, 100, 100, 5002)], aliveAt: 2000));

    [Fact]
    public void Zombies_are_no_members_but_what_they_led_is() =>
        Assert.Equal([100, 102], Find([Row(100, Self, 100, 100, 1000), Row(101, 100, 101, 101, 1100, 'Z'), Row(102, 1, 101, 101, 1200)]));

    [Fact]
    public void A_zombie_main_process_still_holds_its_session() =>
        Assert.Equal([101], Find([Row(100, Self, 100, 100, 1000, 'Z'), Row(101, 1, 100, 100, 5000)]));

    [Fact]
    public void The_daemon_and_the_first_process_are_never_members()
    {
        Assert.Empty(Find([], runIds: new() { [1] = "run", [Self] = "run" }, known: false));
        Assert.Equal([100], Find([Row(100, Self, 100, 100, 1000)], runIds: new() { [1] = "run", [Self] = "run" }));
    }

    [Fact]
    public void Environments_are_read_only_where_the_session_leaves_it_open()
    {
        var looked = new List<int>();
        Find(
            [
                Row(40, 1, 40, 40, 400), // older than the run
                Row(41, 40, 40, 40, 4100), // younger, in an older session
                Row(60, 1, 5, 5, 6000), // in the daemon's session
                Row(100, Self, 100, 100, 1000),
                Row(101, 100, 100, 100, 1100),
                Row(200, Self, 200, 200, 2000), // another run
                Row(201, 1, 200, 200, 2100),
                Row(300, 2, 0, 0, 3000, kernel: true),
                Row(400, 1, 400, 400, 4000),
            ],
            looked: looked, otherMain: stat => stat.Pid == 200);
        Assert.Equal([400], looked);
    }
}
