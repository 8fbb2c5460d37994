using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ziggie.Actors.Domain;

namespace Ziggie.Persistence.Serialization;

/// <summary>Everything that may be in the store, by its name there. A shipped line never changes: a second version is a new line.</summary>
internal static class StoredTypes
{
    /// <summary>Readable beyond ASCII: what is stored is never put into a web page unescaped.</summary>
    private static readonly StoreJson Json =
        new(new JsonSerializerOptions(StoreJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static IReadOnlyList<StoredType> All { get; } =
    [
        Of<ServiceEvents.Defined>("service.defined.v1", () => Json.Defined),
        Of<ServiceEvents.WantedUp>("service.wanted_up.v1", () => Json.WantedUp),
        Of<ServiceEvents.WantedDown>("service.wanted_down.v1", () => Json.WantedDown),
        Of<ServiceEvents.Waiting>("service.waiting.v1", () => Json.Waiting),
        Of<ServiceEvents.WaitTimedOut>("service.wait_timed_out.v1", () => Json.WaitTimedOut),
        Of<ServiceEvents.ScheduleFired>("service.schedule_fired.v1", () => Json.ScheduleFired),
        Of<ServiceEvents.Launching>("service.launching.v1", () => Json.Launching),
        Of<ServiceEvents.Launched>("service.launched.v1", () => Json.Launched),
        Of<ServiceEvents.LaunchFailed>("service.launch_failed.v1", () => Json.LaunchFailed),
        Of<ServiceEvents.BecameReady>("service.became_ready.v1", () => Json.BecameReady),
        Of<ServiceEvents.Stopping>("service.stopping.v1", () => Json.Stopping),
        Of<ServiceEvents.Exited>("service.exited.v1", () => Json.Exited),
        Of<ServiceEvents.TreeGone>("service.tree_gone.v1", () => Json.TreeGone),
        Of<ServiceEvents.RestartPlanned>("service.restart_planned.v1", () => Json.RestartPlanned),
        Of<ServiceEvents.GaveUp>("service.gave_up.v1", () => Json.GaveUp),
        Of<ServiceEvents.HealthChanged>("service.health_changed.v1", () => Json.HealthChanged),
        Of<ServiceEvents.Removed>("service.removed.v1", () => Json.Removed),
        Of<ServiceState>("service.state.v1", () => Json.ServiceState, ServiceState.Empty),
        Of<RegistryEvents.Registered>("registry.registered.v1", () => Json.Registered),
        Of<RegistryEvents.Dropped>("registry.dropped.v1", () => Json.Dropped),
        Of<RegistryEvents.Seeded>("registry.seeded.v1", () => Json.Seeded),
        Of<RegistryEvents.ApplyBegun>("registry.apply_begun.v1", () => Json.ApplyBegun),
        Of<RegistryEvents.ApplyEnded>("registry.apply_ended.v1", () => Json.ApplyEnded),
        Of<RegistryState>("registry.state.v1", () => Json.RegistryState, RegistryState.Empty),
    ];

    public static FrozenDictionary<Type, StoredType> ByType { get; } = All.ToFrozenDictionary(t => t.Type);

    public static FrozenDictionary<string, StoredType> ByManifest { get; } = All.ToFrozenDictionary(t => t.Manifest);

    /// <summary>The types that Akka is told to hand to <see cref="ZiggieSerializer"/>.</summary>
    public static IReadOnlyList<Type> Bound { get; } =
        [typeof(IServiceEvent), typeof(IRegistryEvent), typeof(ServiceState), typeof(RegistryState)];

    private static StoredType Of<T>(string manifest, Func<JsonTypeInfo<T>> json, T? empty = null) where T : class => new(manifest, typeof(T), json, empty);
}
