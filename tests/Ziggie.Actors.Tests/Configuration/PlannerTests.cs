using Xunit;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Configuration;

/// <summary>What a set would change.</summary>
public sealed class PlannerTests
{
    private const string File = "file:/etc/ziggie.yaml";

    [Fact]
    public void What_is_new_changed_unchanged_and_gone_is_told_apart()
    {
        var plan = Planner.Make(
            Current(File, "same: { command: x }\nchanged: { command: x, port: 80 }\ngone: { command: x }", ("other", "api", ""), ("seeded", "seed", ""), ("shop", "apply:shop", "")),
            Set(File, "same: { command: x }\nchanged: { command: x, port: 81 }\nnew: { command: x }"));

        Assert.Null(plan.Refused);
        Assert.Equal(["changed Changed", "gone Removed", "new Added", "same Unchanged"], plan.Changes.Select(c => $"{c.Name} {c.Action}"));
        Assert.True(plan.Changes[0].NeedsRestart);
        Assert.Equal("port 80 81", Told(plan.Changes[0]));
    }

    [Theory]
    [InlineData("command: x", "command: x\nrestart: { budget: 3 }", false, "restart.budget 10 3")]
    [InlineData("command: x", "command: [x, '1']", true, "command [\"x\"] [\"x\",\"1\"]")]
    [InlineData("command: x\nenv: { A: 1, B: 2 }", "command: x\nenv: { B: 3, C: 4 }", true, "env.A \"1\" null | env.B \"2\" \"3\" | env.C null \"4\"")]
    [InlineData("command: x\nenv: { DB_PASSWORD: old }", "command: x\nenv: { DB_PASSWORD: new }", true, "env.DB_PASSWORD \"********\" \"********\"")]
    [InlineData("command: x --password=a", "command: x --password=b", true, "command [\"x\",\"--password=********\"] [\"x\",\"--password=********\"]")]
    [InlineData("command: x\ngroups: [a]", "command: x\ndescription: Hello", false, "description null \"Hello\" | groups [\"a\"] []")]
    public void Each_key_that_differs_is_told_with_both_values_and_without_secrets(string old, string now, bool needsRestart, string told)
    {
        var plan = Planner.Make(Current(File, $"a:\n  {old.Replace("\n", "\n  ")}"), Set(File, $"a:\n  {now.Replace("\n", "\n  ")}"));

        var change = Assert.Single(plan.Changes);
        Assert.Equal((PlannedAction.Changed, needsRestart), (change.Action, change.NeedsRestart));
        Assert.Equal(told, Told(change));
    }

    [Fact]
    public void A_file_takes_over_what_others_made_and_says_so()
    {
        var plan = Planner.Make(Current("api", "a: { command: x }", ("b", "apply:shop", "")), Set(File, "a: { command: x }\nb: { command: x }"));

        Assert.Equal([("a", "api"), ("b", "apply:shop")], plan.Changes.Select(c => (c.Name, c.Now!.Origin)));
        Assert.All(plan.Changes, c => Assert.Equal((PlannedAction.Changed, File, false, 0), (c.Action, c.Next!.Origin, c.NeedsRestart, c.Keys.Length)));
    }

    [Fact]
    public void A_service_that_moves_to_another_file_is_not_removed()
    {
        var plan = Planner.Make(Current(File, "a: { command: x }"), Set("file:/etc/conf.d/a.yaml", "a: { command: x }"));

        Assert.Equal(PlannedAction.Changed, Assert.Single(plan.Changes).Action);
    }

    [Theory]
    [InlineData(File, RefusalCode.ManagedByFile, "Service 'a' is defined in /etc/ziggie.yaml. Change it there")]
    [InlineData("apply:other", RefusalCode.Conflict, "Service 'a' belongs to apply:other.")]
    public void An_apply_over_the_API_leaves_alone_what_belongs_to_another_set(string origin, RefusalCode code, string detail)
    {
        var current = Current(origin, "a: { command: x }");
        var set = Set("apply:shop", "a: { command: y }");

        var refused = Planner.Make(current, set).Refused!;

        Assert.Equal(code, refused.Code);
        Assert.StartsWith(detail, refused.Detail);
        Assert.Null(Planner.Make(current, set with { Force = true }).Refused);
        Assert.Null(Planner.Make(Current("api", "a: { command: x }"), set).Refused);
        Assert.Null(Planner.Make(Current("apply:shop", "a: { command: x }"), set).Refused);
    }

    [Fact]
    public void What_would_not_make_sense_together_is_refused_with_its_place()
    {
        var current = Current(File, "db: { command: x }", ("web", "api", "depends_on: db"));

        var gone = Assert.Single(Planner.Make(current, Set(File, "")).Refused!.Errors);
        var circle = Assert.Single(Planner.Make(current, Set(File, "db: { command: x, depends_on: web }")).Refused!.Errors);
        var unknown = Assert.Single(Planner.Make(current, Set(File, "db: { command: x }\n\nc: { command: x, depends_on: bd }")).Refused!.Errors);

        Assert.Equal(("web", "There is no service 'db'.", null), (gone.Service, gone.Message, gone.File));
        Assert.StartsWith("The services wait for each other in a circle: db -> web -> db.", circle.Message);
        Assert.Equal(("c", "There is no service 'bd'. Did you mean 'db'?", "/etc/ziggie.yaml", 4, 3), (unknown.Service, unknown.Message, unknown.File, unknown.Line, unknown.Column));
    }

    [Fact]
    public void A_new_name_of_digits_alone_is_refused_since_it_would_hide_an_id_and_an_old_one_stays()
    {
        var error = Assert.Single(Planner.Make(Current(File, ""), Set(File, "2: { command: x }")).Refused!.Errors);

        Assert.Equal(("name", "2", 2, 3), (error.Field, error.Service, error.Line, error.Column));
        Assert.Contains("only digits", error.Message);
        Assert.Null(Planner.Make(Current(File, "2: { command: x }"), Set(File, "2: { command: y }")).Refused);
    }

    [Fact]
    public void What_was_wrong_before_is_not_the_fault_of_the_set()
    {
        var current = Current("api", "web: { command: x, depends_on: nobody }");

        Assert.Null(Planner.Make(current, Set(File, "a: { command: x }")).Refused);
    }

    [Fact]
    public void A_mask_that_was_shown_stands_for_the_secret_behind_it()
    {
        var current = Current(File, "a: { command: x, env: { TOKEN: abc } }");

        var change = Assert.Single(Planner.Make(current, Set(File, "a: { command: x, env: { TOKEN: '********' } }")).Changes);
        var refused = Planner.Make(current, Set(File, "b: { command: x, env: { TOKEN: '********' } }")).Refused!;

        Assert.Equal(PlannedAction.Unchanged, change.Action);
        Assert.Equal("abc", change.Next!.Definition.Env["TOKEN"]);
        Assert.Equal(("b", "env.TOKEN", 2), (refused.Errors[0].Service, refused.Errors[0].Field, refused.Errors[0].Line));
    }

    [Fact]
    public void The_service_that_shows_the_daemon_is_let_go_and_not_removed()
    {
        var change = Assert.Single(Planner.Make(Current(File, "control-center-backend: { command: x }"), Set(File, "")).Changes);

        Assert.Equal((PlannedAction.Changed, "api"), (change.Action, change.Next!.Origin));
    }

    private static string Told(PlannedChange change) =>
        string.Join(" | ", change.Keys.Select(k => $"{k.Key} {k.Old?.ToJsonString() ?? "null"} {k.New?.ToJsonString() ?? "null"}"));

    private static DeclarationSet Set(string origin, string services) => new(Origins.SetOf(origin), [.. Read(origin, services)]);

    private static Dictionary<string, Declaration> Current(string origin, string services, params (string Name, string Origin, string Keys)[] others) =>
        Read(origin, services).Concat(others.SelectMany(o => Read(o.Origin, $"{o.Name}:\n  command: x\n  {o.Keys}"))).ToDictionary(s => s.Definition.Name);

    /// <summary>The first service stands in line 2.</summary>
    private static IEnumerable<Declaration> Read(string origin, string services)
    {
        var yaml = "services:" + (services.Length == 0 ? " {}" : "\n  " + services.Replace("\n", "\n  "));
        var result = ConfigurationReader.Read("/etc/x.yaml", new MemoryFiles { ["/etc/x.yaml"] = yaml });
        Assert.Empty(result.Errors);
        return result.Services.Select(s => s with { Origin = origin });
    }
}
