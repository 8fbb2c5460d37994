namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads a whole file of services.</summary>
internal static class FileReader
{
    private static readonly Place Top = new(1, 1);
    private static readonly string[] Keys = ["services", "include"];

    /// <param name="mayInclude">False for a text that stands in no folder: then there is nothing to include.</param>
    public static FileContents Read(ReadContext context, Node? root, bool mayInclude)
    {
        // An editor that truncates before it writes must not look like a wish to have no services.
        if (root is null) context.Refuse(Top, "", "The file is empty; write 'services: {}' to have none.");
        else if (root is not MapNode) context.RefuseKind(root, "", "a map with the key 'services'");
        return root is MapNode map ? ReadKeys(context, map, mayInclude) : FileContents.None;
    }

    private static FileContents ReadKeys(ReadContext context, MapNode root, bool mayInclude)
    {
        Node? services = null;
        Node? include = null;
        foreach (var (key, value, place) in context.Entries(root, ""))
        {
            if (key == "services") services = value;
            else if (key == "include" && mayInclude) include = value;
            else if (key == "include") context.Refuse(place, key, "'include' works in files only; put all services into this text.");
            else if (!key.StartsWith("x-", StringComparison.Ordinal))
                context.Refuse(place, key, $"{ReadContext.Quote(key)} is no key of the file.{Suggestions.For(key, Keys)} Allowed are services, include, and keys that begin with x-.");
        }

        context.KnownKeys["file"] = Keys;
        var includes = include is null or { IsNull: true } ? [] : ReadIncludes(context, include);
        if (services is null && includes.Count == 0)
            context.Refuse(root, "services", "Is missing; write 'services:' and below it each service by its name.");
        else if (services is not (null or MapNode))
            context.Refuse(services, "services", services.IsNull ? "Is empty; write 'services: {}' to have none." : "Must be a map from a service's name to its keys.");

        return new FileContents(services is MapNode map ? ReadEach(context, map) : [], includes);
    }

    private static List<WrittenInclude> ReadIncludes(ReadContext context, Node node)
    {
        const string expected = "a file, a pattern such as conf.d/*.yaml, or a list of them";
        var includes = new List<WrittenInclude>();
        foreach (var (item, path) in context.Items(node, "include", expected))
        {
            if (context.Text(item, path, expected, max: 500) is { } text) includes.Add(new WrittenInclude(text, item.Place));
        }

        return includes;
    }

    private static List<WrittenService> ReadEach(ReadContext context, MapNode services)
    {
        var read = new List<WrittenService>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var twice in services.Duplicates) RefuseTwice(twice.Key, twice.KeyPlace);
        foreach (var entry in services.Entries)
        {
            if (!names.Add(entry.Key)) RefuseTwice(entry.Key, entry.KeyPlace);
            read.Add(new WrittenService(entry.Key, entry.KeyPlace, ServiceReader.Read(context, entry.Value, entry.Key, entry.KeyPlace)));
            context.Service = null;
        }

        return read;

        void RefuseTwice(string name, Place place)
        {
            context.Service = name;
            context.Refuse(place, "name", $"{ReadContext.Quote(name)} is written twice; names are the same in any case.");
            context.Service = null;
        }
    }
}
