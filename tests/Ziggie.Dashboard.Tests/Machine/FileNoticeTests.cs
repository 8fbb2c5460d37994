using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Parts.Configuration;
using Ziggie.Dashboard.Tests.Service;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class FileNoticeTests
{
    [Fact]
    public async Task A_file_that_is_not_in_force_is_told_and_leads_to_what_is_wrong()
    {
        await using var pages = new ServicePages();
        var sets = new FakeSets();
        pages.Services.AddSingleton<IDefinitionSets>(sets);
        Assert.Empty(pages.Render<FileNotice>().Markup.Trim());

        sets.File = sets.File with { Errors = [new DefinitionError("port", "is wrong.", "web", 3, 5)] };
        var notice = pages.Render<FileNotice>();
        Assert.StartsWith("ziggie.yaml is not in force: one thing is wrong in it.", notice.Find("p").TextContent.Trim());
        Assert.Equal("/configuration", notice.Find("a").GetAttribute("href"));
    }
}
