using Microsoft.AspNetCore.Components;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Model.Services;
using Ziggie.Processes.Resources;

namespace Ziggie.Dashboard.Parts;

/// <summary>A service in a list. The list is drawn whenever anything changes; this only when it would look different.</summary>
public abstract class ServiceItem : ComponentBase
{
    private Look _drawn = default!;

    [Parameter, EditorRequired] public ServiceRow Row { get; set; } = default!;

    /// <summary>What else is shown; a link to a group keeps it.</summary>
    [Parameter] public ServiceFilter Filter { get; set; } = new();

    [Parameter] public UsageLines Lines { get; set; } = UsageLines.None;

    [Parameter] public bool IsSelected { get; set; }

    [Parameter] public EventCallback<string> Toggled { get; set; }

    [CascadingParameter] protected Visitor Visitor { get; set; } = Visitor.Nobody;

    [Inject] private ServiceCommander Commander { get; set; } = default!;

    /// <summary>A running service that is well needs no explanation.</summary>
    protected string? Why => Row.View switch
    {
        { Health: Health.Unhealthy, HealthMessage: { } message } => message,
        { Phase: Phase.Running, StatusText: { } said } => said,
        { Phase: Phase.Running } => null,
        var view => view.Reason,
    };

    // The first drawing asks nobody.
    protected override void OnInitialized() => _drawn = Now();

    protected override bool ShouldRender()
    {
        var look = Now();
        var isNew = !look.IsSameAs(_drawn);
        _drawn = look;
        return isNew;
    }

    private Look Now() => new(
        Row.View, Row.Usage, Filter, Lines, IsSelected, Visitor,
        (Commander.IsBusy(Row.Name, BulkVerb.Start), Commander.IsBusy(Row.Name, BulkVerb.Stop), Commander.IsBusy(Row.Name, BulkVerb.Restart)));

    private sealed record Look(
        ServiceView View, RunUsage? Usage, ServiceFilter Filter, UsageLines Lines, bool IsSelected, Visitor Visitor, (bool, bool, bool) Busy)
    {
        // Views and lines are made anew when they change: comparing all that is in them would cost more than it saves.
        public bool IsSameAs(Look other) =>
            ReferenceEquals(View, other.View) && ReferenceEquals(Lines, other.Lines) && Nullable.Equals(Usage, other.Usage)
            && Filter == other.Filter && IsSelected == other.IsSelected && Visitor == other.Visitor && Busy == other.Busy;
    }
}
