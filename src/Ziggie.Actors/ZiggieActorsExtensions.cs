using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Actors.Services;
using Ziggie.Actors.Supervision;

namespace Ziggie.Actors;

/// <summary>Wires the actors into a host or a test's actor system.</summary>
public static class ZiggieActorsExtensions
{
    /// <summary>
    /// The application services over the actors. The host adds <see cref="ServiceRuntime"/> and, to measure, an IResourceReader,
    /// <see cref="ResourceSettings"/> and <see cref="ResourceMonitor"/> as a hosted service.
    /// </summary>
    public static IServiceCollection AddZiggieActors(this IServiceCollection services) => services
        .AddSingleton<ServiceFeed>()
        .AddSingleton<IServiceFeed>(provider => provider.GetRequiredService<ServiceFeed>())
        .AddSingleton<IServiceControl>(provider => new ServiceControl(Supervisor(provider), provider.GetRequiredService<IServiceFeed>()))
        .AddSingleton<IServiceReports>(provider => new ServiceReports(Supervisor(provider)))
        .AddSingleton<ResourceMonitor>()
        .AddSingleton<IResourceFeed>(provider => provider.GetRequiredService<ResourceMonitor>())
        .AddSingleton<IConfigurationControl>(provider => new ConfigurationControl(Supervisor(provider), provider.GetRequiredService<IServiceFeed>()))
        .AddSingleton<IServiceLifetime>(provider => new ServiceLifetime(Supervisor(provider), provider.GetRequiredService<ServiceRuntime>().Failures));

    /// <summary>The supervisor with an actor for each service; <see cref="ServiceRuntime"/> comes from the host's services.</summary>
    public static AkkaConfigurationBuilder WithZiggieActors(this AkkaConfigurationBuilder builder) => builder
        .WithActors((system, registry, resolver) =>
        {
            var runtime = resolver.GetService<ServiceRuntime>();
            registry.Register<ServiceSupervisor>(system.ActorOf(ServiceSupervisor.Props(runtime), "services"));
        });

    /// <summary>Asked for late: asking makes the actor system, which reads the store, which must be ready by then.</summary>
    private static Lazy<IActorRef> Supervisor(IServiceProvider provider) =>
        new(() => provider.GetRequiredService<IRequiredActor<ServiceSupervisor>>().ActorRef);
}
