using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>The sentences for launches that fail.</summary>
internal static class Refusal
{
    public const string DaemonUser = "The daemon's user";

    public static LaunchResult.Failed ProgramMissing(string name, string searched) => new(LaunchFailure.ProgramMissing,
        name.Contains('/')
            ? $"The program '{name}' does not exist. Correct the command, or put the program there."
            : $"The program '{name}' is in none of the folders of PATH ({searched}). Install it, correct PATH, or give its full path.");

    public static LaunchResult.Failed NotAFile(string path) => new(LaunchFailure.NotExecutable,
        $"'{path}' is a folder, not a program. Name the program inside it.");

    public static LaunchResult.Failed NotExecutable(string path) => new(LaunchFailure.NotExecutable,
        $"'{path}' is not executable. Run chmod +x on it, or put its interpreter in front of it in the command.");

    public static LaunchResult.Failed NoInterpreterLine(string path) => new(LaunchFailure.NotExecutable,
        $"'{path}' is neither a binary for this machine nor a script with a #! line. Add a first line such as #!/bin/sh, or put its interpreter in front of it in the command.");

    public static LaunchResult.Failed InterpreterMissing(string path, string interpreter) => new(LaunchFailure.NotExecutable,
        $"The first line of '{path}' names the interpreter '{interpreter}', which does not exist or cannot be executed. Install it or correct the line.");

    public static LaunchResult.Failed LoaderMissing(string path) => new(LaunchFailure.NotExecutable,
        $"'{path}' exists, but the loader that it was built for does not. Install a build for this system and its C library.");

    public static LaunchResult.Failed ProgramForbidden(string path, string who) => new(LaunchFailure.NotPermitted,
        $"{who} may not execute '{path}'. Give that user the right to execute it and to enter the folders above it.");

    public static LaunchResult.Failed TooLong(string path) => new(LaunchFailure.Other,
        $"The arguments and environment of '{path}' are longer than the system allows. Shorten them.");

    public static LaunchResult.Failed FolderMissing(string path) => new(LaunchFailure.FolderMissing,
        $"The working folder '{path}' does not exist. Create it or correct cwd.");

    public static LaunchResult.Failed FolderIsFile(string path) => new(LaunchFailure.FolderMissing,
        $"The working folder '{path}' is a file. Correct cwd.");

    public static LaunchResult.Failed FolderForbidden(string path, string who) => new(LaunchFailure.NotPermitted,
        $"{who} may not enter the working folder '{path}'. Give that user the right to, or correct cwd.");

    public static LaunchResult.Failed UserUnknown(string user) => new(LaunchFailure.UserUnknown,
        $"There is no user '{user}' on this machine. Create it or correct user.");

    public static LaunchResult.Failed OnlyRootSwitches(string user) => new(LaunchFailure.NotPermitted,
        $"Only root can start a process as user '{user}'. Run the daemon as root, or take user out of the definition.");

    public static LaunchResult.Failed NoSetpriv() => new(LaunchFailure.Other,
        "A process is started as another user through setpriv, which is not installed. Install util-linux.");

    public static LaunchResult.Failed OutputMissing(string path) => new(LaunchFailure.Other,
        $"The output '{path}' does not exist or cannot be opened. Restart the daemon, so that it is made again.");

    public static LaunchResult.Failed Malformed(string what) => new(LaunchFailure.Other,
        $"{what} holds a NUL character or is otherwise no text that a process can be given. Correct the definition.");

    public static LaunchResult.Failed Shortage(int error) => new(LaunchFailure.Resources,
        $"The machine or the daemon is short of resources ({Text(error)}). It will help to end other processes or to raise the limits of processes and open files.");

    [SupportedOSPlatform("linux")]
    public static LaunchResult.Failed LimitForbidden(string key, long value, int error, string hint) => new(
        Native.IsShortage(error) ? LaunchFailure.Resources : LaunchFailure.NotPermitted,
        $"limits.{key} cannot be set to {value} ({Text(error)}). {hint}");

    public static LaunchResult.Failed LimitRefused(string sentence) => new(LaunchFailure.NotPermitted,
        $"{sentence}. Correct it, or take it out of the definition.");

    public static LaunchResult.Failed NoLimitsHere(string why) => new(LaunchFailure.NotPermitted,
        $"limits.nice, open_files and core cannot be set: {why} Take them out of the definition.");

    [SupportedOSPlatform("linux")]
    public static LaunchResult.Failed Unexpected(string program, int error) => new(error switch
    {
        Native.EPERM or Native.EACCES => LaunchFailure.NotPermitted,
        _ when Native.IsShortage(error) => LaunchFailure.Resources,
        _ => LaunchFailure.Other,
    }, $"'{program}' could not be started: {Text(error)}.");

    private static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);
}
