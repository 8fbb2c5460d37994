namespace Ziggie.Processes.Resources;

/// <summary>Chooses the reader by the platform.</summary>
public static class ResourceReader
{
    public static IResourceReader Create() => OperatingSystem.IsLinux() ? new LinuxResourceReader() : new PortableResourceReader();
}
