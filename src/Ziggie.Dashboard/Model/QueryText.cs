namespace Ziggie.Dashboard.Model;

/// <summary>Writes the query of an address; what is empty is left out.</summary>
public static class QueryText
{
    public static string Of(string path, params (string Key, string? Value)[] parts)
    {
        var said = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}").ToList();
        return said.Count == 0 ? path : $"{path}?{string.Join('&', said)}";
    }
}
