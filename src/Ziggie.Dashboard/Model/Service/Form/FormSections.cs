namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>Every key of a definition, in the words of docs/configuration.md.</summary>
public static class FormSections
{
    public static IReadOnlyList<FormSection> All { get; } =
    [
        new("basics", "Basics", "What it is, and the program that it runs.",
        [
            new("name", "Name", FieldKind.Text, "1 to 100 letters (a-z), digits, _ or -. It cannot be changed later.") { IsRequired = true },
            new("description", "Description", FieldKind.Text, "Up to 500 characters."),
            new("command", "Command", FieldKind.Command, "Program and arguments, split by the quoting rules of a shell; ${VAR} is expanded at each start. Pipes and * need a shell.") { IsRequired = true },
            new("shell", "Run in a shell", FieldKind.Switch, "Gives the command as it stands to /bin/sh -c.") { Default = "false" },
            new("port", "Port", FieldKind.Text, "1 to 65535. Checked free before a start, and the default for readiness and health. It sets no variable PORT.") { Default = "none" },
            new("autostart", "Start with the daemon", FieldKind.Switch, "One that a person stopped stays stopped.") { Default = "false" },
            new("groups", "Groups", FieldKind.Words, "Names, parted by commas."),
            new("labels", "Labels", FieldKind.Pairs, "For your own order, and for the search."),
            new("is_system", "Belongs to the machine", FieldKind.Switch, "Only marks it.") { Default = "false" },
        ]),
        new("process", "Process", "Where and as whom it runs.",
        [
            new("cwd", "Working folder", FieldKind.Text, "An absolute folder, or one that begins with ~ or ${VAR}.") { Default = "the daemon's" },
            new("user", "User", FieldKind.Text, "Name or number; needs a daemon that runs as root.") { Default = "the daemon's" },
            new("umask", "Umask", FieldKind.Text, "Octal, such as 0027.") { Default = "the daemon's" },
        ]),
        new("environment", "Environment", "A process gets the daemon's variables, then those of the files, then these; later ones win.",
        [
            new("env", "Variables", FieldKind.Pairs, "${VAR} and ${VAR:-default} are looked up in the files, then in the daemon's environment. Secrets are shown as ********: left so, they keep their value."),
            new("env_file", "Files", FieldKind.Lines, "Files of KEY=value lines, one a line, read at each start. A relative one is taken from the working folder."),
        ]),
        new("ready", "Readiness", "When a run may be relied on: a start answers then, and dependants may start.", ReadyFields()),
        new("health", "Health", "Whether a run that is ready is still well.", HealthFields()),
        new("restart", "Restart", "What follows the end of a run that was wanted.",
        [
            new("restart.policy", "When", FieldKind.Choice, "Death by a signal always is a failure.") { Options = [("", "on-failure (default)"), ("on-failure", "on-failure"), ("always", "always"), ("never", "never")] },
            new("restart.success_exit_codes", "Codes of success", FieldKind.Words, "Exit codes that are no failure.") { Default = "0" },
            new("restart.delay", "Delay", FieldKind.Text, "Before the second restart in a row; the first comes at once.") { Default = "250ms" },
            new("restart.factor", "Factor", FieldKind.Text, "By which each delay grows, 1 to 1000.") { Default = "2" },
            new("restart.max_delay", "Longest delay", FieldKind.Text, "Not below the delay.") { Default = "60s" },
            new("restart.jitter", "Jitter", FieldKind.Text, "Share of the delay by which it varies, 0 to 1.") { Default = "0.25" },
            new("restart.budget", "Budget", FieldKind.Text, "Restarts allowed in the window; then it has failed.") { Default = "10" },
            new("restart.window", "Window", FieldKind.Text, "In which the budget counts.") { Default = "10m" },
            new("restart.stable_after", "Stable after", FieldKind.Text, "A run of this length resets the delay.") { Default = "60s" },
            new("restart.retry_every", "Retry every", FieldKind.Text, "After giving up, one more try each time this has passed.") { Default = "none" },
        ]),
        new("stop", "Stop", "How a run is ended.",
        [
            new("stop.signal", "Signal", FieldKind.Text, "Sent to the whole tree: TERM, SIGINT or 15.") { Default = "TERM" },
            new("stop.timeout", "Timeout", FieldKind.Text, "Then SIGKILL to what is left; 0s kills at once.") { Default = "10s" },
        ]),
        new("dependencies", "Dependencies", "What must be there before it starts.",
        [
            new("depends_on", "Waits for", FieldKind.Conditions, "started: there is a process. ready: its readiness is met. healthy: also its health. completed: its last run ended well."),
            new("restart_dependents", "Restart dependants", FieldKind.Switch, "What depends on it is restarted once a new run of it is ready.") { Default = "false" },
        ]),
        new("schedule", "Schedule", "Starts or restarts by the clock.",
        [
            new("schedule.cron", "Cron", FieldKind.Text, "Five fields, six with seconds first, or @daily and the like.") { Default = "none" },
            new("schedule.time_zone", "Time zone", FieldKind.Text, "As in Europe/Berlin.") { Default = "the machine's" },
            new("schedule.action", "Action", FieldKind.Choice, "A start is skipped while the last run is not over.") { Options = [("", "start (default)"), ("start", "start"), ("restart", "restart")] },
            new("schedule.catch_up", "Catch up", FieldKind.Switch, "What fell due while there was no daemon is done once.") { Default = "false" },
        ]),
        new("limits", "Limits", "What it may use.",
        [
            new("limits.max_memory", "Memory", FieldKind.Text, "Of the whole tree, at least 1MB: 512MiB, 2GB. Beyond it the service is restarted.") { Default = "none" },
            new("limits.cpu", "Processor", FieldKind.Text, "Cores' worth of time, where cgroup v2 can be written: 0.5 is half of one.") { Default = "none" },
            new("limits.nice", "Nice", FieldKind.Text, "-20 to 19.") { Default = "none" },
            new("limits.open_files", "Open files", FieldKind.Text, "At least 8.") { Default = "none" },
            new("limits.core", "Core file", FieldKind.Text, "Its size; 0 for none.") { Default = "none" },
        ]),
        new("logs", "Logs", "How much of its output is kept.",
        [
            new("logs.max_size", "Size of a file", FieldKind.Text, "At least 4KiB.") { Default = "10MB" },
            new("logs.max_files", "Files", FieldKind.Text, "1 to 1000.") { Default = "10" },
            new("logs.max_age", "Age", FieldKind.Text, "After which a closed file goes, such as 30d.") { Default = "none" },
            new("logs.stderr", "Standard error", FieldKind.Choice, "In the same log, or in one of its own.") { Options = [("", "merged (default)"), ("merged", "merged"), ("separate", "separate")] },
            new("logs.compress", "Compress closed files", FieldKind.Switch, "With gzip.") { Default = "true" },
        ]),
    ];

    public static IReadOnlyList<FormField> Fields { get; } = [.. All.SelectMany(section => section.Fields)];

    private static IReadOnlyList<FormField> ReadyFields() =>
    [
        new("ready.probe", "Ready when", FieldKind.Choice, "By default: its port accepts connections, or without one it has been alive for a second.")
        {
            IsProbe = true,
            Options = [("", "default"), ("grace", "alive for a time"), ("port", "its port accepts"), ("tcp", "another port accepts"), ("http", "an HTTP answer"), ("exec", "a command succeeds"), ("log", "a line of output"), ("notify", "sd_notify: READY=1")],
        },
        new("ready.grace", "Alive for", FieldKind.Text, "At most 12h.") { When = ("ready.probe", ["grace"]), IsRequired = true },
        .. Probes("ready"),
        new("ready.log", "Line", FieldKind.Text, "A regular expression.") { When = ("ready.probe", ["log"]), IsRequired = true },
        new("ready.timeout", "Timeout", FieldKind.Text, "After which the start has failed; at least longer than the grace.") { Default = "60s", When = Chosen("ready") },
    ];

    private static IReadOnlyList<FormField> HealthFields() =>
    [
        new("health.probe", "Checked by", FieldKind.Choice, "By default: its port, reported only; without one not at all.")
        {
            IsProbe = true,
            Options = [("", "default"), ("port", "its port"), ("tcp", "another port"), ("http", "an HTTP answer"), ("exec", "a command"), ("notify", "sd_notify: WATCHDOG=1")],
        },
        .. Probes("health"),
        new("health.interval", "Interval", FieldKind.Text, "From 100ms.") { Default = "10s", When = Chosen("health") },
        new("health.timeout", "Timeout", FieldKind.Text, "For one probe.") { Default = "1s", When = Chosen("health") },
        new("health.failures", "Failures", FieldKind.Text, "In a row make it unhealthy.") { Default = "3", When = Chosen("health") },
        new("health.successes", "Successes", FieldKind.Text, "In a row make it healthy.") { Default = "1", When = Chosen("health") },
        new("health.start_period", "Start period", FieldKind.Text, "Time from the start in which failures do not count.") { Default = "0s", When = Chosen("health") },
        new("health.on_unhealthy", "When unhealthy", FieldKind.Choice, "By its restart rules, or only shown.") { Options = [("", "restart (default)"), ("restart", "restart"), ("report", "report")], When = Chosen("health") },
    ];

    private static IReadOnlyList<FormField> Probes(string rule) =>
    [
        new($"{rule}.tcp", "Port", FieldKind.Text, "1 to 65535, on this machine.") { When = ($"{rule}.probe", ["tcp"]), IsRequired = true },
        new($"{rule}.http.url", "URL", FieldKind.Text, "Such as http://127.0.0.1:5000/health.") { When = ($"{rule}.probe", ["http"]), IsRequired = true },
        new($"{rule}.http.status", "Status", FieldKind.Text, "One, or a range.") { Default = "200-299", When = ($"{rule}.probe", ["http"]) },
        new($"{rule}.http.contains", "Body contains", FieldKind.Text, "A text.") { Default = "anything", When = ($"{rule}.probe", ["http"]) },
        new($"{rule}.http.headers", "Headers", FieldKind.Pairs, "Sent with the request; variables are expanded.") { When = ($"{rule}.probe", ["http"]) },
        new($"{rule}.exec.command", "Command", FieldKind.Command, "Well when it ends with 0. In the service's folder, as its user, with its environment.") { When = ($"{rule}.probe", ["exec"]), IsRequired = true },
        new($"{rule}.exec.shell", "Run in a shell", FieldKind.Switch, "Gives the command to /bin/sh -c.") { Default = "false", When = ($"{rule}.probe", ["exec"]) },
    ];

    private static (string, string[]) Chosen(string rule) => ($"{rule}.probe", ["grace", "port", "tcp", "http", "exec", "log", "notify"]);
}
