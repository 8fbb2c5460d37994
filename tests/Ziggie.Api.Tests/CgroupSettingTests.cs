using Microsoft.Extensions.Configuration;
using Xunit;
using Ziggie.Api.Hosting;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class CgroupSettingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "auto")]
    [InlineData(" ", "auto")]
    [InlineData("auto", "auto")]
    [InlineData("OFF", "OFF")]
    public void Words_are_taken_in_any_case(string? setting, string expected) => Assert.Equal(expected, Read(setting));

    [Fact]
    public void A_folder_is_taken_where_it_is_a_control_group()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "cgroup.controllers"), "cpu memory");
        Assert.Equal(_folder.Path, Read(_folder.Path));
    }

    [Theory]
    [InlineData("/tmp/nonexist")]
    [InlineData("/tmp")]
    [InlineData("./rel")]
    [InlineData("bogus")]
    public void Anything_else_refuses_the_start(string setting)
    {
        var e = Assert.Throws<StartRefusedException>(() => Read(setting));
        Assert.Equal(ExitCodes.BadConfiguration, e.ExitCode);
        Assert.StartsWith($"The setting Cgroups is '{setting}'; it must be auto, off, or the folder", e.Message);
    }

    private static string Read(string? setting) =>
        CgroupSetting.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(CgroupSetting.Key, setting)]).Build());
}
