using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Dashboard.Access;

namespace Ziggie.Dashboard.Live;

/// <summary>
/// Gives commands for the one who looks at the page, and shows what came of them. Who may not is refused here too, whatever the page
/// offers; the role is asked for anew each time.
/// </summary>
public sealed class ServiceCommander(
    IServiceControl control, IServiceFeed feed, AuthenticationStateProvider authentication, ISessionCheck sessions, ISnackbar snackbar)
{
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);

    /// <summary>Whether a command that was given here has not been answered yet.</summary>
    public bool IsBusy(string service) => _busy.Contains(service);

    public Task StartAsync(string service) => DoAsync(service, by => control.StartAsync(service, by));

    public Task StopAsync(string service, bool force = false) => DoAsync(service, by => control.StopAsync(service, null, force, by));

    public Task RestartAsync(string service) => DoAsync(service, by => control.RestartAsync(service, by));

    /// <summary>The same to several, in the order of their dependencies.</summary>
    public async Task ActAsync(BulkVerb verb, IReadOnlyCollection<string> services)
    {
        if (await OperatorAsync() is not { } visitor) return;
        var outcomes = await control.ActAsync(new BulkAction(verb, services), visitor.Name);
        var failed = outcomes.Where(o => o.Reply is CommandReply.Refused).ToList();
        var word = verb switch { BulkVerb.Start => "started", BulkVerb.Stop => "stopped", _ => "restarted" };
        var done = outcomes.Count - failed.Count;
        if (done > 0) snackbar.Add($"{(done == 1 ? "1 service" : $"{done} services")} {word}", Severity.Success);
        foreach (var outcome in failed.Take(3)) Show(outcome.Reply);
        if (failed.Count > 3) snackbar.Add($"{failed.Count - 3} more could not be {word}", Severity.Error);
    }

    /// <summary>Any other command to one service by somebody who operates; null when they may not.</summary>
    public async Task<CommandReply?> DoAsync(string service, Func<string, Task<CommandReply>> command)
    {
        if (await OperatorAsync() is not { } visitor || !_busy.Add(service)) return null;
        try
        {
            var reply = await command(visitor.Name);
            Show(reply);
            return reply;
        }
        finally
        {
            _busy.Remove(service);
        }
    }

    /// <summary>The one who looks, if they still may administer; null after it was said that they may not.</summary>
    public Task<Visitor?> AdministratorAsync() => WhoAsync(visitor => visitor.CanAdminister);

    /// <summary>The one who looks, if they still may operate; null after it was said that they may not.</summary>
    public Task<Visitor?> OperatorAsync() => WhoAsync(visitor => visitor.CanOperate);

    /// <summary>Shows what came of a command.</summary>
    public void Show(CommandReply reply)
    {
        switch (reply)
        {
            case CommandReply.Done done:
                snackbar.Add(done.Message, Severity.Success);
                break;
            case CommandReply.Refused { Code: RefusalCode.AlreadyRunning or RefusalCode.NotRunning or RefusalCode.Superseded } refused:
                snackbar.Add(refused.Detail, Severity.Info);
                break;
            case CommandReply.Refused refused:
                snackbar.Add(refused.Detail, Severity.Error, options => options.VisibleStateDuration = 15000);
                break;
        }
    }

    /// <summary>The service as it is now; null when it was removed.</summary>
    public ServiceView? Find(string service) => feed.Current.Find(service);

    private async Task<Visitor?> WhoAsync(Func<Visitor, bool> may)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var visitor = Visitor.Of(user);
        if (may(visitor) && await sessions.IsCurrentAsync(user)) return visitor;
        snackbar.Add(visitor == Visitor.Nobody ? "The session has ended. Sign in again." : $"The role {visitor.Role} does not allow this.", Severity.Error);
        return null;
    }
}
