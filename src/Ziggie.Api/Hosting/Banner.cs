using Ziggie.Api.Auth;
using Ziggie.Api.Browser;
using Ziggie.Api.CommandLine;

namespace Ziggie.Api.Hosting;

/// <summary>Says where everything is, once the daemon really listens.</summary>
internal sealed class Banner(
    DashboardAddress dashboard, ZiggieHome home, FirstAdmin admin, SignInLinks links, TextWriter console, ILogger<Banner> logger)
    : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = dashboard.All;
        // One text: nothing else can come between the lines.
        var lines = new List<string>(addresses.Select(a => $"Listening on {a}"));
        if (addresses is [var first, ..])
        {
            lines.Add($"  Dashboard  {first}");
            lines.Add($"  API        {first}/api/services");
            lines.Add($"  Swagger    {first}/swagger");
        }

        lines.Add($"  Socket     {home.Socket}");
        lines.Add($"  Home       {home.Root}");
        if (admin.IsNew) lines.Add($"  Sign in    {dashboard.Of(links.Make(FirstAdmin.Username))} (once, within the hour)");
        lines.Add(admin.NewPassword is { } password
            ? $"  Sign in    {FirstAdmin.Username} with the password {password} (shown this once)"
            : "  Sign in    in the dashboard, or by a link that `Ziggie.Api link` makes");
        console.WriteLine(string.Join(Environment.NewLine, lines));
        console.Flush();
        logger.LogInformation("Version {Version}, PID {Pid}, listening on {Addresses}", Usage.Version, Environment.ProcessId, addresses);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
