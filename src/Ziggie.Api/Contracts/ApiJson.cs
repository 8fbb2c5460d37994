using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ziggie.Api.Notifications;

namespace Ziggie.Api.Contracts;

/// <summary>How the API writes and reads JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServiceListAnswer))]
[JsonSerializable(typeof(ServiceAnswer))]
[JsonSerializable(typeof(StartedAnswer))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionAnswer))]
[JsonSerializable(typeof(LogLinesAnswer))]
[JsonSerializable(typeof(LogEntriesAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(MetricsAnswer))]
[JsonSerializable(typeof(UsageBody))]
[JsonSerializable(typeof(SystemStatsAnswer))]
[JsonSerializable(typeof(SystemInfoAnswer))]
[JsonSerializable(typeof(ProcessListAnswer))]
[JsonSerializable(typeof(PortListAnswer))]
[JsonSerializable(typeof(SignalRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(UserListAnswer))]
[JsonSerializable(typeof(BackupAnswer))]
[JsonSerializable(typeof(BackupListAnswer))]
[JsonSerializable(typeof(ConfigStatusAnswer))]
[JsonSerializable(typeof(ConfigAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(PastAnswer))]
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(NotificationTestAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Quotes and umlauts stay readable: answers are never put into HTML as they are.</summary>
    public static ApiJson Web { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    });
}
