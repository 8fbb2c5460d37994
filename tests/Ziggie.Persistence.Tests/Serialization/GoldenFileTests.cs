using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;

namespace Ziggie.Persistence.Tests.Serialization;

/// <summary>
/// What was ever stored can be read for ever. A golden file is never changed once shipped: a second version gets a file of its own,
/// and so does a kind to which something was added that may be missing: <c>service.defined.v1+1-origin</c> is that kind's newest
/// shape. A new file is written by hand, or taken from the message of the test that misses it.
/// </summary>
public sealed class GoldenFileTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ZiggieSerializer _serializer = new(null!);

    public static TheoryData<string> Files => [.. Samples.All.Keys];

    public static TheoryData<string> NewestFiles => [.. Samples.All.Keys.GroupBy(ManifestOf).Select(shapes => shapes.Last())];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_in_the_file_is_read_as_it_was_meant(string file)
    {
        var read = _serializer.FromBinary(Encoding.UTF8.GetBytes(Golden(file)), ManifestOf(file));

        Assert.IsType(Samples.All[file].GetType(), read);
        Assert.Equivalent(Samples.All[file], read, strict: true);
    }

    [Theory]
    [MemberData(nameof(NewestFiles))]
    public void What_is_written_today_is_what_is_in_the_file(string file)
    {
        var written = JsonNode.Parse(_serializer.ToBinary(Samples.All[file]))!.ToJsonString(Indented);

        Assert.Equal(Golden(file), written.ReplaceLineEndings("\n") + "\n");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_kind_has_its_name(string file)
    {
        Assert.Equal(ManifestOf(file), _serializer.Manifest(Samples.All[file]));
    }

    [Fact]
    public void Every_kind_of_event_has_a_name_a_sample_and_a_file()
    {
        var events = typeof(IServiceEvent).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && (t.IsAssignableTo(typeof(IServiceEvent)) || t.IsAssignableTo(typeof(IRegistryEvent))))
            .ToList();
        Assert.True(events.Count >= 17);

        Assert.Equal(
            events.Append(typeof(ServiceState)).Append(typeof(RegistryState)).Select(t => t.Name).Order(),
            StoredTypes.All.Select(t => t.Type.Name).Order());
        Assert.Equal(Samples.All.Keys.Select(ManifestOf).Distinct(), StoredTypes.All.Select(t => t.Manifest).Order(StringComparer.Ordinal));
        Assert.Equal(
            Samples.All.Keys.Select(file => file + ".json").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder()).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_is_bound_to_the_serializer()
    {
        Assert.All(StoredTypes.All, t => Assert.Contains(StoredTypes.Bound, b => b.IsAssignableFrom(t.Type)));
    }

    private static string ManifestOf(string file) => file.Split('+')[0];

    private static string Golden(string file) => File.ReadAllText(Path.Combine(Folder(), file + ".json"));

    private static string Folder() => Path.Combine(AppContext.BaseDirectory, "Golden");
}
