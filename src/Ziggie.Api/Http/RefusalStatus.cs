using Ziggie.Actors;

namespace Ziggie.Api.Http;

/// <summary>The one place that says which status a refusal has.</summary>
internal static class RefusalStatus
{
    public static int Of(RefusalCode code) => code switch
    {
        RefusalCode.UnknownService => 404,
        RefusalCode.Conflict or RefusalCode.ManagedByFile => 409,
        RefusalCode.InvalidDefinition => 422,
        RefusalCode.Stopping or RefusalCode.StoreFailed or RefusalCode.Interrupted => 503,
        RefusalCode.TimedOut => 504,
        // Refused: what was asked for is not so, and the detail says why. A superseded command is one of them.
        RefusalCode.AlreadyRunning or RefusalCode.NotRunning or RefusalCode.PortInUse or RefusalCode.ProgramMissing
            or RefusalCode.NotExecutable or RefusalCode.FolderMissing or RefusalCode.UserUnknown or RefusalCode.NotPermitted
            or RefusalCode.EnvironmentInvalid or RefusalCode.StartFailed or RefusalCode.DependencyNotReady or RefusalCode.Superseded or RefusalCode.IsDaemon => 400,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A refusal without a status."),
    };
}
