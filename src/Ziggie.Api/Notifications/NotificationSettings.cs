using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Notifications;

/// <summary>The list <c>Notifications</c>; what does not fit refuses the start with its place.</summary>
internal sealed record NotificationSettings(ImmutableArray<NotificationTarget> Targets)
{
    public const string Section = "Notifications";

    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "Name", "Type", "Url", "Secret", "Command", "Events", "Services", "Groups", "LogLines", "Timeout", "MinInterval", "Retries",
        "RetryDelay",
    };

    public static NotificationSettings Read(IConfiguration configuration)
    {
        var targets = configuration.GetSection(Section).GetChildren().Select((target, at) => ReadTarget(target, at)).ToImmutableArray();
        if (targets.GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw Bad(Section, $"has two targets of the name '{same.Key}'");
        if (targets.GroupBy(t => t.PositionName).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Bad(Section, $"names the same place twice ({string.Join(" and ", twice.Select(t => t.Name))}); put their events together");
        return new NotificationSettings(targets);
    }

    private static NotificationTarget ReadTarget(IConfigurationSection section, int at)
    {
        if (section.GetChildren().FirstOrDefault(c => !Keys.Contains(c.Key)) is { } unknown)
            throw Bad(unknown.Path, $"is unknown; a target has {string.Join(", ", Keys)}");
        if (section["Type"] is null) throw Bad($"{section.Path}:Type", "is missing; it must be webhook or command");
        var type = SettingReader.Word(section, "Type", TargetType.Webhook);
        var target = new NotificationTarget
        {
            Name = section["Name"] is { Length: > 0 } name ? name : $"{type.ToString().ToLowerInvariant()}-{at + 1}",
            Type = type,
            Url = type == TargetType.Webhook ? UrlOf(section) : null,
            Secret = string.IsNullOrEmpty(section["Secret"]) ? null : section["Secret"],
            Command = type == TargetType.Command ? CommandOf(section) : [],
            Events = EventsOf(section),
            Services = [.. SettingReader.List(section, "Services").Select(s => NameOf(section, s))],
            Groups = [.. SettingReader.List(section, "Groups")],
            LogLines = SettingReader.Int(section, "LogLines", 0, 0, 200),
            Timeout = SettingReader.Time(section, "Timeout", TimeSpan.FromSeconds(10)),
            MinInterval = section["MinInterval"] is "0" or "0s"
                ? TimeSpan.Zero
                : SettingReader.Time(section, "MinInterval", TimeSpan.FromSeconds(60)),
            Retries = SettingReader.Int(section, "Retries", 6, 0, 20),
            RetryDelay = SettingReader.Time(section, "RetryDelay", TimeSpan.FromSeconds(1)),
        };
        if (type == TargetType.Command && target.Secret is not null)
            throw Bad($"{section.Path}:Secret", "belongs to a webhook, and this is a command");
        return target;
    }

    private static Uri UrlOf(IConfigurationSection section)
    {
        if (section["Command"] is not null || section.GetSection("Command").GetChildren().Any())
            throw Bad($"{section.Path}:Command", "belongs to a command, and this is a webhook");
        return Uri.TryCreate(section["Url"], UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw Bad($"{section.Path}:Url", $"must be an address like https://example.org/hook, not '{section["Url"]}'");
    }

    private static ImmutableArray<string> CommandOf(IConfigurationSection section)
    {
        if (section["Url"] is not null) throw Bad($"{section.Path}:Url", "belongs to a webhook, and this is a command");
        string[] list = [.. section.GetSection("Command").GetChildren().Select(c => c.Value ?? "")];
        if (list.Length > 0) return [.. list];
        if (ShellWords.TrySplit(section["Command"] ?? "", out var words, out var error) && words.Length > 0)
        {
            // Nothing is expanded here, so a dollar that was quoted is a plain one again.
            return [.. words.Select(w => w.Replace("$$", "$"))];
        }
        throw Bad($"{section.Path}:Command", error is null ? "must be a command, such as /usr/local/bin/page" : $"cannot be read: {error}");
    }

    private static ImmutableArray<string> EventsOf(IConfigurationSection section)
    {
        var events = SettingReader.List(section, "Events");
        if (events.Count == 0) return [.. NotificationEvents.Default];
        return events.FirstOrDefault(e => !NotificationEvents.All.Contains(e)) is { } unknown
            ? throw Bad($"{section.Path}:Events", $"does not know '{unknown}'; it takes {string.Join(", ", NotificationEvents.All)}")
            : [.. events];
    }

    private static string NameOf(IConfigurationSection section, string text) =>
        ServiceName.TryNormalize(text, out var name)
            ? name
            : throw Bad($"{section.Path}:Services", $"has '{text}', which is no service's name");

    private static StartRefusedException Bad(string key, string what) => StartRefusedException.BadSetting($"The setting {key} {what}.");
}
