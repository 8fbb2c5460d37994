using System.Text.Json;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>What the API shows of a service.</summary>
internal static class Fields
{
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static int? Pid(this JsonElement service) => service.GetProperty("pid") is { ValueKind: JsonValueKind.Number } pid ? pid.GetInt32() : null;

    public static string? Status(this JsonElement service) => service.Text("status");

    public static string? Phase(this JsonElement service) => service.Text("phase");

    public static string? Reason(this JsonElement service) => service.Text("reason");

    public static int Restarts(this JsonElement service) => service.GetProperty("restarts").GetInt32();

    /// <summary>Of its last exit; null also for a signal and when nobody knows.</summary>
    public static int? ExitCode(this JsonElement service) =>
        service.GetProperty("last_exit") is { ValueKind: JsonValueKind.Object } exit && exit.GetProperty("code") is { ValueKind: JsonValueKind.Number } code
            ? code.GetInt32() : null;

    public static string? ExitSignal(this JsonElement service) =>
        service.GetProperty("last_exit") is { ValueKind: JsonValueKind.Object } exit ? exit.Text("signal") : null;
}
