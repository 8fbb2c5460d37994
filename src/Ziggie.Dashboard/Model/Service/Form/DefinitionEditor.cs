using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>A definition being written, as a form or as YAML; going from one to the other loses nothing.</summary>
public sealed class DefinitionEditor
{
    private readonly ServiceDefinition? _secrets;
    private readonly string _pristine;

    /// <summary>The YAML from which the form was made and what the form said then: comments come back as long as it says the same.</summary>
    private (string Yaml, string Form)? _left;

    private DefinitionEditor(ServiceDefinition? original, ServiceDefinition? secrets, DefinitionForm form)
    {
        (Original, _secrets, Form) = (original, secrets, form);
        _pristine = Said(form);
    }

    /// <summary>What it is now, with its secrets; null for a new service.</summary>
    public ServiceDefinition? Original { get; }

    public DefinitionForm Form { get; private set; }

    /// <summary>Counts only while <see cref="IsYaml"/>.</summary>
    public string Yaml { get; set; } = "";

    public bool IsYaml { get; private set; }

    /// <summary>Whether anything was typed that is not saved.</summary>
    public bool IsChanged => (IsYaml && _left?.Yaml != Yaml && YamlOfForm() != Yaml) || Said(Form) != _pristine;

    public static DefinitionEditor Empty() => new(null, null, new DefinitionForm());

    public static DefinitionEditor Of(ServiceDefinition original) => new(original, original, DefinitionForm.Of(original));

    /// <summary>A new service like another one; it gets the other's secrets where it is left masked.</summary>
    public static DefinitionEditor Like(ServiceDefinition other)
    {
        var form = DefinitionForm.Of(other);
        form["name"] = $"{other.Name}-2";
        return new DefinitionEditor(null, other, form);
    }

    public void ShowYaml()
    {
        if (IsYaml) return;
        Yaml = _left is { } left && left.Form == Said(Form) ? left.Yaml : YamlOfForm();
        IsYaml = true;
    }

    /// <summary>False when the YAML cannot be read yet; then it stays.</summary>
    public bool ShowForm()
    {
        if (!IsYaml) return true;
        if (ReadYaml() is not { IsValid: true } result) return false;
        Form = DefinitionForm.Of(result.Definitions[0]);
        _left = (Yaml, Said(Form));
        IsYaml = false;
        return true;
    }

    /// <summary>What was typed, with masks where secrets stay, or everything that is wrong with it.</summary>
    public DefinitionResult Read()
    {
        var result = IsYaml ? ReadYaml() : Form.Read();
        return result.IsValid && DefinitionMask.Restore(result.Definitions[0], _secrets) is { IsValid: false } refused ? refused : result;
    }

    /// <summary>What saving would change; null while anything is wrong.</summary>
    public DefinitionReview? Review() => Read() is { IsValid: true } result
        ? DefinitionReview.Of(Original, result.Definitions[0], Restored(result.Definitions[0]))
        : null;

    /// <summary>With the secrets that were left masked.</summary>
    public ServiceDefinition Restored(ServiceDefinition typed) => DefinitionMask.Restore(typed, _secrets).Definitions[0];

    public DefinitionDraft Draft() => new() { IsYaml = IsYaml, Yaml = IsYaml ? Yaml : "", Values = new(Form.Values), Pairs = new(Form.AllPairs) };

    /// <summary>Goes on with what was typed before.</summary>
    public void Take(DefinitionDraft draft)
    {
        Form = new DefinitionForm { Values = new(draft.Values, StringComparer.Ordinal), AllPairs = new(draft.Pairs, StringComparer.Ordinal) };
        if (Original is not null) Form["name"] = Original.Name;
        (IsYaml, Yaml, _left) = (draft.IsYaml, draft.Yaml, null);
    }

    private DefinitionResult ReadYaml()
    {
        var result = DefinitionReader.ReadYaml(Yaml);
        if (!result.IsValid) return result;
        if (result.Definitions.Length != 1)
            return Refused("services", $"Holds {result.Definitions.Length} services, and this page is about one. Several are applied as a file under Configuration.");
        return Original is not null && result.Definitions[0].Name != Original.Name
            ? Refused("name", $"Is '{result.Definitions[0].Name}' now. A service cannot be renamed: create a new one and remove the old.")
            : result;
    }

    // What is not valid is written too: it is corrected where one likes.
    private string YamlOfForm()
    {
        if (Form.Read() is { IsValid: true } result) return DefinitionWriter.WriteYaml(result.Definitions[0]);
        var json = Form.ToJson();
        json.Remove("name");
        return DefinitionWriter.WriteYaml(Form["name"] is { Length: > 0 } name ? name : "name", json);
    }

    private static DefinitionResult Refused(string field, string message) => new([], [new DefinitionError(field, message)]);

    private static string Said(DefinitionForm form) => form.ToJson().ToJsonString();
}
