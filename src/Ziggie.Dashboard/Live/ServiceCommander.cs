using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Model;
using Ziggie.Dashboard.Model.Services;

namespace Ziggie.Dashboard.Live;

/// <summary>
/// Gives commands for the one who looks at the page, and shows what came of them. Who may not is refused here too, whatever the page
/// offers; the role is asked for anew each time.
/// </summary>
public sealed class ServiceCommander(
    IServiceControl control, IServiceFeed feed, AuthenticationStateProvider authentication, ISessionCheck sessions, ISnackbar snackbar)
{
    private readonly HashSet<(string Service, BulkVerb Verb)> _busy = [];

    /// <summary>
    /// Whether this command was given here and has not been answered yet. Another one may be given meanwhile: what waits for minutes to
    /// become ready can be stopped.
    /// </summary>
    public bool IsBusy(string service, BulkVerb verb) => _busy.Contains((service, verb));

    public Task StartAsync(string service) => OnceAsync(service, BulkVerb.Start, by => control.StartAsync(service, by));

    public Task StopAsync(string service) => OnceAsync(service, BulkVerb.Stop, by => control.StopAsync(service, null, false, by));

    /// <summary>At once, also while it is being stopped gracefully.</summary>
    public Task KillAsync(string service) => DoAsync(service, by => control.StopAsync(service, null, true, by));

    public Task RestartAsync(string service) => OnceAsync(service, BulkVerb.Restart, by => control.RestartAsync(service, by));

    /// <summary>The same to several, in the order of their dependencies.</summary>
    public async Task ActAsync(BulkPlan plan, IProgress<ServiceOutcome> progress)
    {
        if (await OperatorAsync() is not { } visitor) return;
        if (plan.Names.IsEmpty)
        {
            snackbar.Add($"None of the chosen services runs, so none is {plan.Done}.", Severity.Info);
            return;
        }
        var outcomes = await control.ActAsync(new BulkAction(plan.Verb, plan.Names) { Progress = progress }, visitor.Name);
        var done = outcomes.Count(outcome => outcome.Reply is CommandReply.Done);
        if (done > 0) snackbar.Add($"{Figures.Count(done, "service")} {plan.Done}. {plan.Remark}".TrimEnd(), Severity.Success);
        foreach (var message in BulkFailures.Messages(plan, outcomes))
            snackbar.Add(message, Severity.Error, options => options.VisibleStateDuration = 15000);
    }

    /// <summary>Any other command to one service by somebody who operates; null when they may not.</summary>
    public async Task<CommandReply?> DoAsync(string service, Func<string, Task<CommandReply>> command)
    {
        if (await OperatorAsync() is not { } visitor) return null;
        var reply = await command(visitor.Name);
        Show(reply);
        return reply;
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

    /// <summary>Somebody clicked twice: the first one's answer will do.</summary>
    private async Task OnceAsync(string service, BulkVerb verb, Func<string, Task<CommandReply>> command)
    {
        if (!_busy.Add((service, verb))) return;
        try
        {
            await DoAsync(service, command);
        }
        finally
        {
            _busy.Remove((service, verb));
        }
    }

    private async Task<Visitor?> WhoAsync(Func<Visitor, bool> may)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var visitor = Visitor.Of(user);
        var isCurrent = await sessions.IsCurrentAsync(user);
        if (may(visitor) && isCurrent) return visitor;
        snackbar.Add(visitor == Visitor.Nobody || !isCurrent ? "The session has ended. Sign in again." : $"The role {visitor.Role} does not allow this.", Severity.Error);
        return null;
    }
}
