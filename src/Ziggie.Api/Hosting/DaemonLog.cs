using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Filters;

namespace Ziggie.Api.Hosting;

/// <summary>The daemon's own log: a file for each day in the home, and standard error.</summary>
internal static class DaemonLog
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";
    private const long MaxSize = 10_000_000;
    private const int MaxFiles = 10;

    public static IServiceCollection AddDaemonLog(this IServiceCollection services, ZiggieHome home, IConfiguration configuration)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting", LogEventLevel.Warning)
            // Its one warning at the start says that it does not bind the addresses itself; the daemon has bound them before.
            .MinimumLevel.Override("Microsoft.AspNetCore.Server.Kestrel", LogEventLevel.Error)
            .Enrich.FromLogContext()
            // It writes whole query strings, and a WebSocket's token is in one.
            .Filter.ByExcluding(Matching.FromSource("Microsoft.AspNetCore.Hosting.Diagnostics"))
            // A start that is refused is one sentence on standard error, which the program writes; the host would add where it was thrown.
            .Filter.ByExcluding(happened => happened.Exception is StartRefusedException)
            // Kestrel warns that it ignores --urls; we have read it ourselves.
            .Filter.ByExcluding(e => e.MessageTemplate.Text.StartsWith("Overriding address(es)", StringComparison.Ordinal))
            .WriteTo.Console(LogEventLevel.Warning, Line, CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(Path.Combine(home.DaemonLogs, "ziggie-.log"), outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true, fileSizeLimitBytes: MaxSize, retainedFileCountLimit: MaxFiles);
        foreach (var level in configuration.GetSection("Logging:LogLevel").GetChildren())
        {
            var least = LevelOf(configuration, level);
            if (level.Key.Equals("Default", StringComparison.OrdinalIgnoreCase)) log.MinimumLevel.Is(least);
            else log.MinimumLevel.Override(level.Key, least);
        }

        return services.AddSerilog(log.CreateLogger(), dispose: true);
    }

    private static LogEventLevel LevelOf(IConfiguration configuration, IConfigurationSection setting) =>
        SettingReader.Word(configuration, setting.Path, LogLevel.Information) switch
        {
            LogLevel.Trace => LogEventLevel.Verbose,
            LogLevel.Debug => LogEventLevel.Debug,
            LogLevel.Information => LogEventLevel.Information,
            LogLevel.Warning => LogEventLevel.Warning,
            LogLevel.Error => LogEventLevel.Error,
            _ => LogEventLevel.Fatal,
        };
}
