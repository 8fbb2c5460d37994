namespace Ziggie.Api.Handover;

/// <summary>How a successor tells its predecessor how far it is.</summary>
internal sealed class HandoverReport
{
    /// <summary>Names the file; set only for a successor.</summary>
    public const string Variable = "ZIGGIE_HANDOVER";

    /// <summary>It has read its settings and waits for the home.</summary>
    public const string Ready = "ready";

    /// <summary>It has taken over and answers.</summary>
    public const string Up = "up";

    /// <summary>Followed by a sentence.</summary>
    public const string Failed = "failed: ";

    private readonly string _file;

    private HandoverReport(string file) => _file = file;

    /// <summary>Null when nobody hands over to this process. The variable is taken away: services must not see it.</summary>
    public static HandoverReport? FromEnvironment()
    {
        var file = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return string.IsNullOrEmpty(file) ? null : new HandoverReport(file);
    }

    /// <summary>Says a word, if there is still somebody to hear it.</summary>
    public void Say(string line)
    {
        try
        {
            if (File.Exists(_file)) File.AppendAllText(_file, line.ReplaceLineEndings(" ") + "\n");
        }
        catch (IOException)
        {
            // The predecessor is gone; the home is free then.
        }
    }
}
