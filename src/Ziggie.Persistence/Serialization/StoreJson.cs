using System.Text.Json.Serialization;
using Ziggie.Actors.Domain;
using Ziggie.Processes;

namespace Ziggie.Persistence.Serialization;

/// <summary>
/// How stored things look as JSON. Every member is written, null or not, and every constructor parameter must be there when it is
/// read: a stored event that lacks something is an error, not a null. Members that are not known are passed over.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(DefinitionConverter),
        typeof(SnakeCaseEnumConverter<Desired>),
        typeof(SnakeCaseEnumConverter<Phase>),
        typeof(SnakeCaseEnumConverter<Health>),
        typeof(SnakeCaseEnumConverter<StopCause>),
        typeof(SnakeCaseEnumConverter<LaunchFailure>),
    ])]
[JsonSerializable(typeof(ServiceEvents.Defined))]
[JsonSerializable(typeof(ServiceEvents.WantedUp))]
[JsonSerializable(typeof(ServiceEvents.WantedDown))]
[JsonSerializable(typeof(ServiceEvents.Waiting))]
[JsonSerializable(typeof(ServiceEvents.WaitTimedOut))]
[JsonSerializable(typeof(ServiceEvents.ScheduleFired))]
[JsonSerializable(typeof(ServiceEvents.Launching))]
[JsonSerializable(typeof(ServiceEvents.Launched))]
[JsonSerializable(typeof(ServiceEvents.LaunchFailed))]
[JsonSerializable(typeof(ServiceEvents.BecameReady))]
[JsonSerializable(typeof(ServiceEvents.Stopping))]
[JsonSerializable(typeof(ServiceEvents.Exited))]
[JsonSerializable(typeof(ServiceEvents.TreeGone))]
[JsonSerializable(typeof(ServiceEvents.RestartPlanned))]
[JsonSerializable(typeof(ServiceEvents.GaveUp))]
[JsonSerializable(typeof(ServiceEvents.HealthChanged))]
[JsonSerializable(typeof(ServiceEvents.Removed))]
[JsonSerializable(typeof(ServiceState))]
[JsonSerializable(typeof(RegistryEvents.Registered))]
[JsonSerializable(typeof(RegistryEvents.Dropped))]
[JsonSerializable(typeof(RegistryEvents.Seeded))]
[JsonSerializable(typeof(RegistryEvents.ApplyBegun))]
[JsonSerializable(typeof(RegistryEvents.ApplyEnded))]
[JsonSerializable(typeof(RegistryState))]
internal sealed partial class StoreJson : JsonSerializerContext;
