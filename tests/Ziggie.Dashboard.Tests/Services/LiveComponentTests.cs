using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Tests.Service;

namespace Ziggie.Dashboard.Tests.Services;

public sealed class LiveComponentTests
{
    [Fact]
    public async Task What_changed_between_the_first_drawing_and_the_beginning_of_listening_is_drawn()
    {
        await using var pages = new ServicePages();
        using var told = new ManualResetEventSlim();
        var pulse = (LivePulse)pages.Services.GetService(typeof(LivePulse))!;
        using var other = pulse.Listen(_ =>
        {
            if (pages.Feed.Current.Sequence > 0) told.Set();
        });
        var number = pages.Render<Number>(p => p.Add(n => n.Drawn, () =>
        {
            pages.Feed.Publish(Views.Running("web"));
            Assert.True(told.Wait(Wait.Limit));
        }));
        number.WaitForAssertion(() => Assert.Equal("1", number.Markup), Wait.Limit);
    }

    private sealed class Number : LiveComponent
    {
        private long _number;

        [Parameter, EditorRequired] public Action Drawn { get; set; } = default!;

        protected override bool Update()
        {
            var before = _number;
            _number = Feed.Current.Sequence;
            return _number != before;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _number);

        protected override void OnAfterRender(bool firstRender)
        {
            if (firstRender) Drawn();
            base.OnAfterRender(firstRender);
        }
    }
}
