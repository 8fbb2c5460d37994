using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Configuration;

/// <summary>Where and what is wrong with definitions, in words.</summary>
public static class ErrorText
{
    /// <summary>"line 3, column 5", with the file's name before it where there is one; empty when nothing is known.</summary>
    public static string PlaceOf(DefinitionError error)
    {
        var place = (error.Line, error.Column) switch
        {
            ({ } line, { } column) => $"line {line}, column {column}",
            ({ } line, null) => $"line {line}",
            _ => "",
        };
        return error.File is not { } file ? place : place.Length == 0 ? Path.GetFileName(file) : $"{Path.GetFileName(file)}, {place}";
    }

    /// <summary>"web.port"; empty for the whole.</summary>
    public static string PathOf(DefinitionError error) =>
        error.Service is null ? error.Field : error.Field.Length == 0 ? error.Service : $"{error.Service}.{error.Field}";
}
