using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help", 0, "Usage:")]
    [InlineData("-h", 0, "Usage:")]
    [InlineData("seed --help", 0, "Usage:")]
    [InlineData("restore --help", 0, "restore --list")]
    [InlineData("link --help", 0, "link [USER]")]
    [InlineData("schema", 0, "\"Ziggie service definitions\"")]
    [InlineData("--version", 0, "0.1.0")]
    public async Task What_is_asked_of_it_is_said(string args, int code, string expected)
    {
        var (actual, said, error) = await RunAsync(args);
        Assert.Equal(code, actual);
        Assert.Contains(expected, said);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("sprout", "'sprout' is no command")]
    [InlineData("seed more", "'more' is no command")]
    [InlineData("restore a b", "'b' is no command")]
    [InlineData("restore --list more", "'more' is no command")]
    [InlineData("link ann more", "'more' is no command")]
    [InlineData("--url=http://127.0.0.1:1", "'--url' is no setting")]
    [InlineData("--urls", "'--urls' lacks a value")]
    public async Task What_is_not_understood_is_said_with_the_usage(string args, string complaint)
    {
        var (code, said, error) = await RunAsync(args);
        Assert.Equal(64, code);
        Assert.Contains(complaint, error);
        Assert.Contains("Usage:", error);
        Assert.Empty(said);
    }

    private static async Task<(int Code, string Said, string Error)> RunAsync(string args)
    {
        using var said = new StringWriter();
        using var error = new StringWriter();
        var code = await ZiggieProgram.RunAsync(args.Split(' '), (_, _) => { }, said, error).WaitAsync(Wait.Limit);
        return (code, said.ToString(), error.ToString());
    }
}
