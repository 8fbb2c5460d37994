using MudBlazor;
using Ziggie.Dashboard.Access;

namespace Ziggie.Dashboard.Live;

/// <summary>The restart of the daemon from a page, once whoever asks for it is sure.</summary>
public sealed class DaemonRestart(IDaemonControl daemon, ServiceCommander commander, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Whether one is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Asks, and lets a new process take over; says what came of it.</summary>
    public async Task AskAsync()
    {
        if (IsBusy) return;
        var isSure = await dialogs.ShowMessageBoxAsync(
            "Restart the daemon?", "A new process of the program on disk takes over. No service notices; pages lose their connection for a moment.", "Restart", cancelText: "Cancel");
        if (isSure != true || await commander.AdministratorAsync() is not { } admin) return;
        IsBusy = true;
        try
        {
            if (await daemon.RestartAsync(admin.Name) is { } refusal) snackbar.Add(refusal, Severity.Error, options => options.VisibleStateDuration = 15000);
            else snackbar.Add("The new daemon takes over.", Severity.Success);
        }
        finally
        {
            IsBusy = false;
        }
    }
}
