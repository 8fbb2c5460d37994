using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Notifications;

/// <summary>Runs a command: what happened is in its environment, and as JSON on its input. Exit code 0 means that it is told.</summary>
internal sealed class CommandSender : INotificationSender
{
    public async Task<SendFailure?> SendAsync(NotificationTarget target, Notification notification, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(target.Timeout);
        Process process;
        try
        {
            process = Process.Start(Start(target, notification))!;
        }
        catch (Win32Exception e)
        {
            return new SendFailure($"'{target.Command[0]}' cannot be started: {e.Message}", MayPass: false);
        }

        using (process)
        {
            try
            {
                await WriteAsync(process, notification, limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 ? null : new SendFailure($"It ended with exit code {process.ExitCode}.", MayPass: true);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                cancellationToken.ThrowIfCancellationRequested();
                return new SendFailure($"It did not end within {target.Timeout.TotalSeconds:0.###} s and was killed.", MayPass: true);
            }
        }
    }

    private static ProcessStartInfo Start(NotificationTarget target, Notification notification)
    {
        var start = new ProcessStartInfo(target.Command[0], target.Command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in EnvironmentVariables.Read()) start.Environment[name] = value;
        start.Environment.Remove(FirstAdmin.PasswordVariable);
        start.Environment["ZIGGIE_EVENT"] = notification.Event;
        start.Environment["ZIGGIE_EVENT_ID"] = notification.Id;
        start.Environment["ZIGGIE_AT"] = notification.At.ToString("O", CultureInfo.InvariantCulture);
        start.Environment["ZIGGIE_HOST"] = notification.Host;
        start.Environment["ZIGGIE_SERVICE"] = notification.Service;
        start.Environment["ZIGGIE_REASON"] = notification.Reason;
        start.Environment["ZIGGIE_RUN"] = notification.Run?.ToString(CultureInfo.InvariantCulture);
        start.Environment["ZIGGIE_EXIT_CODE"] = notification.Code?.ToString(CultureInfo.InvariantCulture);
        start.Environment["ZIGGIE_EXIT_SIGNAL"] = notification.Signal;
        return start;
    }

    private static async Task WriteAsync(Process process, Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, notification, ApiJson.Web.Notification, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read what it is told; the environment says most of it.
        }
    }
}
