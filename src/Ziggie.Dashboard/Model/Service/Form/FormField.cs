namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>How a value is put in.</summary>
public enum FieldKind
{
    Text,

    /// <summary>Several lines.</summary>
    Area,

    Switch,
    Choice,

    /// <summary>A program with its arguments.</summary>
    Command,

    /// <summary>One text a line.</summary>
    Lines,

    /// <summary>Words parted by commas or spaces.</summary>
    Words,

    /// <summary>Names with values.</summary>
    Pairs,

    /// <summary>Services with what is waited for.</summary>
    Conditions,
}

/// <summary>One key of a definition in the form.</summary>
/// <param name="Path">As in a definition's errors: <c>ready.http.url</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Kind">How it is put in.</param>
/// <param name="Help">What it means.</param>
public sealed record FormField(string Path, string Label, FieldKind Kind, string Help)
{
    /// <summary>What holds when nothing is written; for a switch <c>true</c> or <c>false</c>.</summary>
    public string Default { get; init; } = "";

    /// <summary>What can be chosen; the first is the default.</summary>
    public IReadOnlyList<(string Value, string Text)> Options { get; init; } = [];

    /// <summary>Only shown, and only written, when another field has one of these values.</summary>
    public (string Path, string[] Values)? When { get; init; }

    /// <summary>Written even when it is empty, so that what is missing is said.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Says which other key is written, instead of being one itself.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Two columns wide.</summary>
    public bool IsWide => Kind is FieldKind.Area or FieldKind.Command or FieldKind.Pairs or FieldKind.Conditions or FieldKind.Lines;

    public string Id => "f-" + Path.Replace('.', '-').Replace('_', '-');
}

/// <summary>Fields that belong together.</summary>
/// <param name="Id">In the address of the page.</param>
/// <param name="Title">For people.</param>
/// <param name="Help">In a sentence.</param>
/// <param name="Fields">In order.</param>
public sealed record FormSection(string Id, string Title, string Help, IReadOnlyList<FormField> Fields);

/// <summary>A name with its value, as it is typed.</summary>
public sealed class FormPair
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}
