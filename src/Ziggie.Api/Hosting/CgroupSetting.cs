namespace Ziggie.Api.Hosting;

/// <summary>Where the control groups of the runs are made: <c>auto</c>, <c>off</c>, or a folder.</summary>
internal static class CgroupSetting
{
    public const string Key = "Cgroups";

    public static string Read(IConfiguration configuration)
    {
        if (configuration[Key] is not { } setting || string.IsNullOrWhiteSpace(setting)) return "auto";
        if (setting.ToLowerInvariant() is "auto" or "off") return setting;
        // Each group of version 2 has this file, and no folder of version 1 has.
        return Path.IsPathRooted(setting) && File.Exists(Path.Combine(setting, "cgroup.controllers"))
            ? setting
            : throw StartRefusedException.BadSetting($"The setting {Key} is '{setting}'; it must be auto, off, or the folder of a control group (v2).");
    }
}
