using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class EnvironmentTests
{
    private static readonly Dictionary<string, string> Daemon = new()
    {
        ["PATH"] = "/bin",
        ["HOME"] = "/root",
        ["SET"] = "yes",
        ["EMPTY"] = "",
        ["ZIGGIE_FRONTEND_DIR"] = "/front",
        ["ZIGGIE_ADMIN_PASSWORD"] = "secret",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:54112",
        ["NOTIFY_SOCKET"] = "/run/n",
        ["ZIGGIE_RUN_ID"] = "outer",
        ["Notifications__0__Secret"] = "secret",
        ["PERSISTENCE__CONNECTIONSTRING"] = "Host=/run/postgresql;Password=secret",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=secret",
    };

    [Theory]
    [InlineData("plain $HOME $ 5$", "plain $HOME $ 5$")]
    [InlineData("${SET}", "yes")]
    [InlineData("a${SET}b${SET}", "ayesbyes")]
    [InlineData("[${EMPTY}]", "[]")]
    [InlineData("${EMPTY:-d}", "d")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${UNSET:-a b}", "a b")]
    [InlineData("${UNSET:-${SET}}", "yes")]
    [InlineData("${UNSET:-${UNSET2:-x}/y}", "x/y")]
    [InlineData("${SET:-${UNSET}}", "yes")]
    [InlineData("$${SET}", "${SET}")]
    [InlineData("$$", "$")]
    [InlineData("$$$${SET}", "$${SET}")]
    [InlineData("{}}", "{}}")]
    public void A_text_is_expanded(string text, string expected)
    {
        var expansion = EnvironmentExpander.Expand(text, Daemon.GetValueOrDefault);

        Assert.True(expansion.IsComplete);
        Assert.Equal(expected, expansion.Text);
    }

    [Theory]
    [InlineData("${")]
    [InlineData("${A")]
    [InlineData("${}")]
    [InlineData("${1A}")]
    [InlineData("${A B}")]
    [InlineData("${A-b}")]
    [InlineData("${A:?b}")]
    [InlineData("${A:-${B}")]
    [InlineData("${A:-${1}}")]
    public void A_malformed_variable_is_an_error(string text) => Assert.NotNull(EnvironmentExpander.FindSyntaxError(text));

    [Fact]
    public void Endless_nesting_is_an_error_and_not_a_crash() =>
        Assert.Contains("deeper", EnvironmentExpander.FindSyntaxError(string.Concat(Enumerable.Repeat("${A:-", 20_000)) + new string('}', 20_000)));

    [Fact]
    public void Each_unset_variable_is_named_once() =>
        Assert.Equal(["A", "B"], EnvironmentExpander.Expand("${A}${B}${A}", _ => null).Missing.AsEnumerable());

    [Fact]
    public void A_file_of_variables_is_read()
    {
        var (entries, errors) = EnvironmentFile.Parse(
            "\uFEFF# comment\r\n\r\nA=1\nexport B = two words # comment\nC='single $x \\n' # c\nD=\"double\\n\\\"q\\\" \\$ \\x\"\nE=\nF=a#b\nG=\"two\nlines\"\nH=x=y\n I = # only a comment");

        Assert.Empty(errors);
        Assert.Equal(
            ["A:1", "B:two words", "C:single $x \\n", "D:double\n\"q\" $ \\x", "E:", "F:a#b", "G:two\nlines", "H:x=y", "I:"],
            entries.Select(e => $"{e.Key}:{e.Value}"));
    }

    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u0085")]
    [InlineData("\f")]
    public void A_value_is_not_torn_by_what_only_looks_like_the_end_of_a_line(string separator)
    {
        var (entries, errors) = EnvironmentFile.Parse($"A=one{separator}two\rB=3");
        Assert.Empty(errors);
        Assert.Equal([new("A", $"one{separator}two"), new("B", "3")], entries.AsEnumerable());
    }

    [Fact]
    public void Mistakes_in_a_file_are_told_with_their_lines()
    {
        var (entries, errors) = EnvironmentFile.Parse("A=1\nnonsense\n=x\nB C=1\nD='open\nE=2\nF=\"a\" b\nG=\0\n");

        Assert.Equal(["A", "E"], entries.Select(e => e.Key));
        Assert.Equal([2, 3, 4, 5, 7, 8], errors.Select(e => e.Line));
        Assert.Equal("Has no '='; write KEY=value.", errors[0].Message);
        Assert.Equal("The quote (') is never closed.", errors[3].Message);
    }

    [Fact]
    public void A_plan_holds_everything_expanded()
    {
        var plan = Plan(
            """
            command: ${SET} --port ${PORT} '$${literal}' ${FROM_FILE}
            cwd: ${ZIGGIE_FRONTEND_DIR}/sub
            env: { PORT: "5000", PATH: "/opt:${PATH}", DSN: "x-${FROM_FILE}" }
            env_file: /etc/app.env
            user: ${WHO:-web}
            umask: 0027
            """, _ => "FROM_FILE=file\nSET=overridden\nPORT=1");

        Assert.Equal(["overridden", "--port", "5000", "$${literal}", "file"], plan.Command.AsEnumerable());
        Assert.Equal(("/front/sub", "web", 23), (plan.Cwd, plan.User, plan.Umask));
        Assert.Equal("x-file", plan.Environment["DSN"]);
        Assert.Equal("/opt:/bin", plan.Environment["PATH"]);
        Assert.Equal("5000", plan.Environment["PORT"]);
        Assert.Equal("web", plan.Environment["ZIGGIE_SERVICE"]);
    }

    [Fact]
    public void What_is_meant_for_the_daemon_alone_is_not_inherited()
    {
        var plan = Plan("port: 80");

        Assert.Equal(["EMPTY", "HOME", "PATH", "SET", "ZIGGIE_FRONTEND_DIR", "ZIGGIE_SERVICE"], plan.Environment.Keys);
        Assert.Equal((null, null, null), (plan.Cwd, plan.User, plan.Umask));
    }

    [Theory]
    [InlineData("WATCHDOG_PID")]
    [InlineData("WATCHDOG_USEC")]
    [InlineData("LISTEN_FDS")]
    [InlineData("LISTEN_PID")]
    [InlineData("LISTEN_FDNAMES")]
    [InlineData("JOURNAL_STREAM")]
    [InlineData("INVOCATION_ID")]
    [InlineData("MAINPID")]
    [InlineData("ASPNETCORE_HTTP_PORTS")]
    [InlineData("ASPNETCORE_HTTPS_PORTS")]
    [InlineData("DOTNET_URLS")]
    [InlineData("DOTNET_LAUNCH_PROFILE")]
    [InlineData("ZIGGIE_API_TOKEN")]
    public void Nor_is(string variable)
    {
        var daemon = new Dictionary<string, string> { [variable] = "x", ["OTHER"] = "y" };

        var plan = ServiceEnvironment.Resolve(Read.Valid("port: 80"), daemon, _ => "").Plan!;

        Assert.Equal(["OTHER", "ZIGGIE_SERVICE"], plan.Environment.Keys);
    }

    [Fact]
    public void A_shell_gets_its_text_as_it_is_written() =>
        Assert.Equal(["/bin/sh", "-c", "echo ${UNSET:-x} $$ | cat"], Plan("shell: true\ncommand: echo ${UNSET:-x} $$ | cat").Command.AsEnumerable());

    [Fact]
    public void A_tilde_is_the_home_that_the_service_sees()
    {
        Assert.Equal("/root/app", Plan("cwd: ~/app").Cwd);
        Assert.Equal("/home/me", Plan("cwd: ~\nenv: { HOME: /home/me }", _ => "").Cwd!.TrimEnd('/'));
    }

    [Fact]
    public void Relative_files_are_read_in_the_services_folder_and_later_ones_win()
    {
        var read = new List<string>();
        var plan = Plan("cwd: ${ZIGGIE_FRONTEND_DIR}\nenv_file: [.env, /x/b.env]", path =>
        {
            read.Add(path);
            return $"A={read.Count}";
        });

        Assert.Equal(["/front/.env", "/x/b.env"], read);
        Assert.Equal("2", plan.Environment["A"]);
    }

    [Fact]
    public void Each_unset_variable_is_told_with_the_key_it_stood_in()
    {
        var errors = Resolve("command: x ${A}\ncwd: ${B}\nenv: { K: '${C}' }\nuser: ${D}\nenv_file: ${E}").Errors;

        Assert.Equal(["env_file", "env.K", "command", "cwd", "user"], errors.Select(e => e.Field));
        Assert.All(errors, e => Assert.Equal("web", e.Service));
        Assert.Equal(
            "The variable C is not set: set it in the daemon's environment or in an env_file, or write ${C:-default}.",
            errors.Single(e => e.Field == "env.K").Message);
    }

    [Fact]
    public void The_daemons_own_secrets_cannot_be_reached() =>
        Assert.Equal("env.K", Assert.Single(Resolve("env: { K: '${ZIGGIE_ADMIN_PASSWORD}' }").Errors).Field);

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        var error = Assert.Single(Resolve("env_file: /x", _ => throw new FileNotFoundException("Could not find file '/x'.")).Errors);

        Assert.Equal(("env_file", "The file cannot be read: Could not find file '/x'.", "/x"), (error.Field, error.Message, error.File));
        Assert.Equal(2, Assert.Single(Resolve("env_file: /x", _ => "A=1\nbad").Errors).Line);
    }

    [Theory]
    [InlineData("command: ${EMPTY}", "command")]
    [InlineData("cwd: ${SET}/x", "cwd")]
    [InlineData("user: ${EMPTY}", "user")]
    public void A_value_that_expands_to_nonsense_is_an_error(string yaml, string field) =>
        Assert.Equal(field, Assert.Single(Resolve(yaml).Errors).Field);

    [Fact]
    public void A_probe_is_expanded_too()
    {
        var definition = Read.Valid("ready: { http: { url: 'http://127.0.0.1:${PORT}/', headers: { X: 'a ${MISSING}' } } }\nhealth: { exec: 'check ${PORT}' }");
        var environment = new Dictionary<string, string> { ["PORT"] = "80" };

        var http = (Probe.Http)ServiceEnvironment.ResolveProbe(definition.Ready!.Probe, environment, out var errors);
        var exec = (Probe.Exec)ServiceEnvironment.ResolveProbe(definition.Health!.Probe, environment, out var none);

        Assert.Equal(("http://127.0.0.1:80/", "http.headers.X"), (http.Url, Assert.Single(errors).Field));
        Assert.Equal(["check", "80"], exec.Command.AsEnumerable());
        Assert.Empty(none);
    }

    private static LaunchPlan Plan(string yaml, Func<string, string>? readFile = null)
    {
        var result = Resolve(yaml, readFile);
        Assert.Empty(result.Errors);
        return result.Plan!;
    }

    private static LaunchPlanResult Resolve(string yaml, Func<string, string>? readFile = null)
    {
        var definition = Read.Single(yaml.Contains("command:") ? Read.Bare(yaml) : Read.Keys(yaml));
        return ServiceEnvironment.Resolve(definition, Daemon, readFile ?? (path => throw new FileNotFoundException(path)));
    }
}
