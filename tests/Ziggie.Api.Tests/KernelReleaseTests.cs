using System.Diagnostics;
using Xunit;
using Ziggie.Api.Browser;

namespace Ziggie.Api.Tests;

public sealed class KernelReleaseTests
{
    [Fact]
    public async Task The_kernel_is_named_as_uname_names_it()
    {
        using var uname = Process.Start(new ProcessStartInfo("uname", "-r") { RedirectStandardOutput = true })!;
        Assert.Equal((await uname.StandardOutput.ReadToEndAsync()).Trim(), Machine.KernelRelease());
    }
}
