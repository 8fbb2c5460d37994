using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>What is wrong, each beside the field that it belongs to.</summary>
public sealed class FormErrors
{
    private readonly ILookup<string, string> _byField;

    public FormErrors(DefinitionForm form, IEnumerable<DefinitionError> errors)
    {
        var shown = FormSections.Fields.Where(form.IsShown).ToList();
        var placed = errors.Select(e => (Error: e, Field: FieldOf(shown, e.Field))).ToList();
        _byField = placed.Where(p => p.Field is not null).ToLookup(p => p.Field!.Path, p => Said(p.Field!, p.Error));
        Elsewhere = [.. placed.Where(p => p.Field is null).Select(p => p.Error)];
        Count = placed.Count;
    }

    public static FormErrors None { get; } = new(new DefinitionForm(), []);

    public int Count { get; }

    /// <summary>What belongs to no field that is shown.</summary>
    public IReadOnlyList<DefinitionError> Elsewhere { get; }

    public IEnumerable<string> Of(FormField field) => _byField[field.Path].Distinct();

    public bool Has(FormSection section) => section.Fields.Any(field => _byField.Contains(field.Path));

    private static FormField? FieldOf(List<FormField> shown, string path) =>
        shown.Where(field => path == field.Path || (path.Length > field.Path.Length && path.StartsWith(field.Path, StringComparison.Ordinal) && path[field.Path.Length] is '.' or '['))
            .MaxBy(field => field.Path.Length)
        ?? shown.FirstOrDefault(field => path.Length > 0 && field.Path.StartsWith(path + ".", StringComparison.Ordinal));

    // In a list or a map it must be said which of its parts is meant.
    private static string Said(FormField field, DefinitionError error)
    {
        if (error.Field.Length <= field.Path.Length + 1 || error.Field[field.Path.Length] != '.') return error.Message;
        return $"{error.Field[(field.Path.Length + 1)..]}: {error.Message}";
    }
}
