using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;
using Ziggie.Dashboard.Parts;

namespace Ziggie.Dashboard.Tests.Services;

public sealed class SearchFieldTests : BunitContext
{
    private readonly List<string> _typed = [];

    public SearchFieldTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void What_comes_back_from_the_address_does_not_undo_what_was_typed_meanwhile()
    {
        var field = Render<SearchField>(p => p.Add(f => f.Label, "Search").Add(f => f.Value, "").Add(f => f.Typed, _typed.Add));
        foreach (var text in new[] { "o", "on", "one", "one " }) field.Find("input").Input(text);
        Assert.Equal(["o", "on", "one", "one "], _typed);
        foreach (var value in new[] { "", "o", "one", "one " })
        {
            field.Render(p => p.Add(f => f.Value, value));
            Assert.Equal("one ", field.Find("input").GetAttribute("value"));
        }
        // By a link, or by going back.
        field.Render(p => p.Add(f => f.Value, "o"));
        Assert.Equal("o", field.Find("input").GetAttribute("value"));
    }
}
