using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>A definition as texts in fields, whatever is typed into them. Holds masks where there are secrets.</summary>
public sealed class DefinitionForm
{
    private static readonly string[] Probes = ["grace", "port", "tcp", "http", "exec", "log", "notify"];

    /// <summary>By path; also of fields that are not shown now, so that a choice can be taken back.</summary>
    public Dictionary<string, string> Values { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<FormPair>> AllPairs { get; init; } = new(StringComparer.Ordinal);

    public string this[string path]
    {
        get => Values.GetValueOrDefault(path, "");
        set => Values[path] = value;
    }

    public List<FormPair> Pairs(string path)
    {
        if (!AllPairs.TryGetValue(path, out var pairs)) AllPairs[path] = pairs = [];
        return pairs;
    }

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(FormField field) => (this[field.Path] is { Length: > 0 } value ? value : field.Default) == "true";

    public bool IsShown(FormField field) => field.When is not { } when || when.Values.Contains(this[when.Path]);

    /// <summary>The definition as it may be shown.</summary>
    public static DefinitionForm Of(ServiceDefinition definition)
    {
        var form = new DefinitionForm();
        var json = DefinitionWriter.WriteCompact(DefinitionMask.Apply(definition));
        foreach (var field in FormSections.Fields.Where(f => !f.IsProbe)) form.Take(field, Find(json, field.Path));
        foreach (var rule in new[] { "ready", "health" })
        {
            if (json[rule] is JsonObject policy) form[$"{rule}.probe"] = Probes.FirstOrDefault(policy.ContainsKey, "");
        }

        return form;
    }

    /// <summary>What is filled in, as the definition's reader takes it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var field in FormSections.Fields.Where(IsShown))
        {
            if (field.IsProbe) PutProbe(json, field);
            else if (NodeOf(field) is { } node) Put(json, field.Path, node);
        }

        return json;
    }

    /// <summary>The definition, or everything that is wrong with it.</summary>
    public DefinitionResult Read()
    {
        var result = DefinitionReader.ReadForm(ToJson());
        var twice = FormSections.Fields.Where(f => f.Kind is FieldKind.Pairs or FieldKind.Conditions && IsShown(f)).SelectMany(Twice).ToList();
        return twice.Count == 0 ? result : new DefinitionResult([], [.. result.Errors, .. twice]);
    }

    private IEnumerable<DefinitionError> Twice(FormField field) => Written(field.Path).GroupBy(pair => pair.Key).Where(group => group.Count() > 1)
        .Select(group => new DefinitionError($"{field.Path}.{group.Key}", $"'{group.Key}' is written twice; keep one."));

    private void Take(FormField field, JsonNode? node)
    {
        switch (node)
        {
            case null:
                break;
            case JsonObject map when field.Kind is FieldKind.Pairs or FieldKind.Conditions:
                Pairs(field.Path).AddRange(map.Select(e => new FormPair { Key = e.Key, Value = TextOf(e.Value) }));
                break;
            case JsonArray list when field.Kind == FieldKind.Command:
                this[field.Path] = CommandText.Of([.. list.Select(TextOf)]);
                break;
            case JsonArray list:
                this[field.Path] = string.Join(field.Kind == FieldKind.Lines ? "\n" : ", ", list.Select(TextOf));
                break;
            default:
                this[field.Path] = TextOf(node);
                break;
        }
    }

    private JsonNode? NodeOf(FormField field)
    {
        var text = this[field.Path];
        switch (field.Kind)
        {
            case FieldKind.Switch:
                return IsOn(field) ? field.Default == "true" ? null : "true" : field.Default == "true" ? "false" : null;
            case FieldKind.Pairs or FieldKind.Conditions:
                var map = new JsonObject();
                foreach (var pair in Written(field.Path)) map[pair.Key] = pair.Value;
                return map.Count == 0 ? null : map;
            case FieldKind.Command:
                return text.Length == 0 && !field.IsRequired ? null : CommandText.Node(text, this[field.Path.Replace("command", "shell")] == "true");
            case FieldKind.Lines:
                return ListOf(text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            case FieldKind.Words:
                return ListOf(text.Split([',', ' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
            default:
                var value = field.Path is "description" or "ready.log" ? text : text.Trim();
                return value.Length == 0 && !field.IsRequired ? null : value;
        }
    }

    private IEnumerable<FormPair> Written(string path) => AllPairs.GetValueOrDefault(path, []).Where(pair => pair.Key.Length > 0 || pair.Value.Length > 0)
        .Select(pair => new FormPair { Key = pair.Key.Trim(), Value = pair.Value });

    // Keys that are words by themselves; the others have fields of their own.
    private void PutProbe(JsonObject json, FormField field)
    {
        if (this[field.Path] is ("port" or "notify") and var word) Put(json, field.Path.Replace("probe", word), "true");
    }

    private static JsonArray? ListOf(string[] texts) => texts.Length == 0 ? null : new JsonArray([.. texts.Select(text => (JsonNode)text)]);

    private static JsonNode? Find(JsonNode? json, string path)
    {
        foreach (var key in path.Split('.')) json = json is JsonObject map ? map[key] : null;
        return json;
    }

    private static void Put(JsonObject json, string path, JsonNode node)
    {
        var keys = path.Split('.');
        foreach (var key in keys[..^1]) json = (JsonObject)(json[key] ??= new JsonObject());
        json[keys[^1]] = node;
    }

    private static string TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "";
}
