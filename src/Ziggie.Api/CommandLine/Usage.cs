using System.Reflection;

namespace Ziggie.Api.CommandLine;

/// <summary>What the program says of itself.</summary>
internal static class Usage
{
    public const string Text = """
        Ziggie Control Center: runs and watches the services of this machine.

        Usage:
          Ziggie.Api [settings]        runs the daemon
          Ziggie.Api seed [settings]   adds the standard services that are missing
          Ziggie.Api link [USER] [settings]
                                       prints a link that signs in to the dashboard once (admin, unless a user is named)
          Ziggie.Api restore [FILE|latest] [settings]
                                       puts a backup of the store in its place; the daemon must be stopped
          Ziggie.Api restore --list [settings]
          Ziggie.Api schema            prints the JSON schema of ziggie.yaml, for editors
          Ziggie.Api export FILE [settings]
                                       writes definitions, users and history into one file, for any kind of store
          Ziggie.Api import FILE [settings]
                                       fills an empty store with it; the daemon must be stopped
          Ziggie.Api --help
          Ziggie.Api --version

        Settings (--Key=value, or as environment variables with __ for the colon):
          --urls http://127.0.0.1:54112   where to listen
          --ZIGGIE_HOME=FOLDER            the data folder
          --Auth:Anonymous=read           without a token: read, none or all (from this machine only)
          --Auth:Hosts, --Auth:Origins    further host names and web origins, with commas between
          --Listen:AllowRemote=true       listen beyond this machine (needs Auth:Anonymous=none)
          --RateLimits:Enabled=true       and --RateLimits:POLICY=requests per minute
          --WebSocket:UpdateInterval=2s   a full message comes at least so often
          --Config:File=ziggie.yaml       definitions, in the home unless named otherwise
          --Config:Watch=true             apply them at the start and when they change
          --Logs:KeepAlive=15s            who follows a log hears something at least so often
          --Shutdown:Services=stop        stop or keep the services when the daemon stops
          --Signals:Forward=USR1,HUP      signals that go on to services; --Signals:To=NAME,NAME to these alone
          --Notifications:0:Type=webhook  whom to tell when a service fails (docs/observability.md)
          --Logging:LogLevel:Default=Information

        The password of the first admin is ZIGGIE_ADMIN_PASSWORD, or made at random and shown once.
        Exit codes: 0 done, 1 failed, 2 home in use, 3 port in use, 4 bad configuration, 5 store not usable, 64 usage.
        SIGTERM stops the daemon; SIGHUP hands over to a new process of the program on disk, which no service notices.
        """;

    public static string Version =>
        typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
