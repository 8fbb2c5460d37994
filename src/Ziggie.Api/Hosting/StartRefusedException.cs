namespace Ziggie.Api.Hosting;

/// <summary>The daemon does not start, for a reason that a person can mend. Caught once, in <see cref="ZiggieProgram"/>.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="sentence">For standard error.</param>
internal sealed class StartRefusedException(int exitCode, string sentence) : Exception(sentence)
{
    public int ExitCode => exitCode;

    public static StartRefusedException BadSetting(string sentence) => new(ExitCodes.BadConfiguration, sentence);
}
