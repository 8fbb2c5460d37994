namespace Ziggie.Api.Config;

/// <summary>
/// Where a change of a path shows: in its folder, in those of all links on the way to it, and, as long as a folder is missing, in the
/// nearest one that there is.
/// </summary>
/// <param name="All">Each a folder and a name in it.</param>
/// <param name="Real">The path behind all links; where something is missing, as far as it is known.</param>
internal sealed record WatchPlaces(IReadOnlyList<(string Folder, string Filter)> All, string Real)
{
    private const int MostLinks = 40;

    public static WatchPlaces Of(string path)
    {
        var places = new List<(string, string)>();
        for (var links = 0; links < MostLinks && Step(ref path, places); links++) { }
        return new WatchPlaces(places, path);
    }

    /// <summary>Goes down to the first link and replaces it by what it names; false when there is none.</summary>
    private static bool Step(ref string path, List<(string, string)> places)
    {
        var at = Path.GetPathRoot(path)!;
        var parts = path[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var child = Path.Combine(at, parts[i]);
            var target = new FileInfo(child).LinkTarget;
            if (target is not null || i == parts.Length - 1 || !Path.Exists(child)) places.Add((at, parts[i]));
            if (target is not null)
            {
                path = Path.GetFullPath(Path.Combine([at, target, .. parts[(i + 1)..]]));
                return true;
            }

            if (!Path.Exists(child)) return false;
            at = child;
        }

        return false;
    }
}
