using Ziggie.Actors.Domain.Definitions;
using Ziggie.Persistence.Tables;

namespace Ziggie.Persistence.Tests.Tables;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("npm run dev", "npm", "run", "dev")]
    [InlineData("python3 main.py --port=8188", "python3", "main.py", "--port=8188")]
    [InlineData("echo 'a b' '' '$HOME' '*'", "echo", "a b", "", "$HOME", "*")]
    [InlineData(@"echo 'it'\''s'", "echo", "it's")]
    [InlineData("echo 'grün'", "echo", "grün")]
    public void Words_are_quoted_as_a_shell_reads_them(string text, params string[] words)
    {
        Assert.Equal(text, CommandText.Of(new ServiceDefinition { Name = "x", Command = [.. words] }));
    }

    [Fact]
    public void The_text_for_a_shell_stays_as_it_is()
    {
        Assert.Equal("a | b > 'c d'", CommandText.Of(new ServiceDefinition { Name = "x", Command = ["a | b > 'c d'"], Shell = true }));
    }
}
