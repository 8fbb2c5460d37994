using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Tests.Services;
using Ziggie.Persistence.History;
using Ziggie.Processes;

namespace Ziggie.Dashboard.Tests.Service;

/// <summary>Renders parts of a service's page around fakes of what lies below the dashboard.</summary>
internal sealed class ServicePages : BunitContext
{
    public ServicePages(string role = Visitor.Admin)
    {
        Visitor = new Visitor("anna", role);
        JSInterop.Mode = JSRuntimeMode.Loose;
        var user = this.AddAuthorization();
        user.SetAuthorized(Visitor.Name);
        user.SetClaims(new Claim("role", role));
        Services.AddMudServices();
        Services.AddLogging();
        Services.AddSingleton<IServiceFeed>(Feed).AddSingleton<IResourceFeed>(Resources).AddSingleton<LivePulse>();
        Services.AddSingleton<IServiceControl>(Control).AddSingleton<ISessionCheck>(new Current()).AddSingleton<IHistory>(History);
        Services.AddSingleton<IAudit>(History).AddSingleton(new HealthResults()).AddSingleton(LauncherCapabilities.Full).AddSingleton(TimeProvider.System);
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddScoped<ProtectedSessionStorage>().AddScoped<DraftStore>().AddScoped<ServiceCommander>().AddScoped<SignalSender>();
        Services.AddSingleton<IDaemonControl>(new FakeDaemonControl()).AddScoped<DaemonRestart>();
    }

    public ServiceFeed Feed { get; } = new();

    public FakeResources Resources { get; } = new();

    public FakeControl Control { get; } = new();

    public FakeHistory History { get; } = new();

    public Visitor Visitor { get; }

    /// <summary>A part that shows a service, which is in the picture.</summary>
    public IRenderedComponent<T> Show<T>(ServiceView service, params (string Name, object? Value)[] parameters) where T : IComponent
    {
        Feed.Publish(service);
        return Render<T>(builder =>
        {
            builder.OpenComponent<CascadingValue<Visitor>>(0);
            builder.AddComponentParameter(1, nameof(CascadingValue<Visitor>.Value), Visitor);
            builder.AddComponentParameter(2, nameof(CascadingValue<Visitor>.ChildContent), (RenderFragment)(child =>
            {
                child.OpenComponent<T>(0);
                child.AddComponentParameter(1, "Service", service);
                foreach (var (name, value) in parameters) child.AddComponentParameter(2, name, value);
                child.CloseComponent();
            }));
            builder.CloseComponent();
        });
    }

    private sealed class Current : ISessionCheck
    {
        public event Action? Changed { add { } remove { } }

        public ValueTask<bool> IsCurrentAsync(ClaimsPrincipal user) => ValueTask.FromResult(true);
    }

    internal sealed class FakeResources : IResourceFeed
    {
        public ResourcePicture Current => ResourcePicture.Empty;

        public TimeSpan? Interval => null;

        public event Action? Sampled { add { } remove { } }

        public IReadOnlyList<UsagePoint> Points { get; set; } = [];

        public IReadOnlyList<UsagePoint> History(string name, DateTimeOffset since, int points) => Points;
    }
}
