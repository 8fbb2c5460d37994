using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Api.Seeding;

/// <summary>The services that every new store begins with; the file ships with the program.</summary>
public static class SeedFile
{
    private static string FilePath => Path.Combine(AppContext.BaseDirectory, "seeds", "services.yaml");

    public static IReadOnlyList<ServiceDefinition> Read()
    {
        var result = DefinitionReader.ReadYaml(File.ReadAllText(FilePath), FilePath);
        if (!result.IsValid)
            throw new InvalidDataException(string.Join(Environment.NewLine, result.Errors.Select(e => $"{e.File}:{e.Line}: {e.Field}: {e.Message}")));
        return OperatingSystem.IsWindows() ? [.. result.Definitions.Select(ForWindows)] : result.Definitions;
    }

    // ComfyUI's package for Windows must be told that it is one.
    private static ServiceDefinition ForWindows(ServiceDefinition definition) => definition.Name is "comfyui"
        ? definition with { Command = definition.Command.Insert(definition.Command.Length - 1, "--windows-standalone-build") }
        : definition;
}
