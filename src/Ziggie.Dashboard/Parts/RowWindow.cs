using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.JSInterop;
using Ziggie.Dashboard.Live;

namespace Ziggie.Dashboard.Parts;

/// <summary>
/// Rows of one height, of which only those in sight are drawn. Unlike Blazor's Virtualize it draws the first ones before a browser has said
/// what is in sight, so that they stand in the page as it is first sent; and it goes by the window, not by a box that only scrolls sideways.
/// </summary>
/// <typeparam name="TItem">What is drawn.</typeparam>
public sealed class RowWindow<TItem> : ComponentBase, IAsyncDisposable
{
    private const int MostRows = 600, MostColumns = 12;

    private ElementReference _above;
    private DotNetObjectReference<RowWindow<TItem>>? _self;
    private IJSObjectReference? _script;
    private int _firstRow, _rows, _columns;
    private bool _isGone;

    /// <summary>All of them.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<TItem> Items { get; set; } = [];

    /// <summary>One of them; its outermost element should have a key.</summary>
    [Parameter, EditorRequired] public RenderFragment<TItem> ChildContent { get; set; } = default!;

    /// <summary>From the upper edge of one row to that of the next, in pixels.</summary>
    [Parameter, EditorRequired] public int RowHeight { get; set; }

    /// <summary>Of that, how much lies between two rows.</summary>
    [Parameter] public int Gap { get; set; }

    /// <summary>How many items are drawn until the browser has said what is in sight.</summary>
    [Parameter] public int First { get; set; } = 30;

    /// <summary>How many are beside each other until then.</summary>
    [Parameter] public int Columns { get; set; } = 1;

    /// <summary>The element that holds the place of what is not drawn.</summary>
    [Parameter] public string Spacer { get; set; } = "div";

    [Inject] private IJSRuntime Js { get; set; } = default!;

    /// <summary>Called by the browser when other rows have come into sight.</summary>
    [JSInvokable]
    public void Show(int firstRow, int rows, int columns)
    {
        if (firstRow < 0 || rows is < 1 or > MostRows || columns is < 1 or > MostColumns) return;
        if ((firstRow, rows, columns) == (_firstRow, _rows, _columns)) return;
        (_firstRow, _rows, _columns) = (firstRow, rows, columns);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        await _script.LetGoAsync("stop");
        _self?.Dispose();
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var columns = _columns == 0 ? Columns : _columns;
        var count = _rows == 0 ? First : _rows * columns;
        // Rows may have gone meanwhile: then the last ones are in sight.
        var lastFirst = Math.Max(0, ((Items.Count + columns - 1) / columns) - Math.Max(1, _rows)) * columns;
        var first = Math.Min(_firstRow * columns, lastFirst);
        var end = Math.Min(Items.Count, first + count);
        builder.OpenRegion(0);
        AddSpacer(builder, first / columns, isAbove: true);
        builder.CloseRegion();
        builder.OpenRegion(1);
        for (var i = first; i < end; i++) ChildContent(Items[i])(builder);
        builder.CloseRegion();
        builder.OpenRegion(2);
        AddSpacer(builder, (Items.Count - end + columns - 1) / columns, isAbove: false);
        builder.CloseRegion();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _isGone) return;
        _self = DotNetObjectReference.Create(this);
        _script = await Js.InvokeAsync<IJSObjectReference>("ziggie.watchRows", _above, _self, RowHeight);
        if (_isGone) await _script.LetGoAsync("stop");
    }

    private void AddSpacer(RenderTreeBuilder builder, int rows, bool isAbove)
    {
        builder.OpenElement(0, Spacer);
        builder.AddAttribute(1, "class", "z-space");
        builder.AddAttribute(2, "aria-hidden", "true");
        builder.AddAttribute(3, "hidden", rows == 0);
        builder.AddAttribute(4, "style", rows == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"height:{(rows * RowHeight) - Gap}px"));
        if (isAbove) builder.AddElementReferenceCapture(5, element => _above = element);
        builder.CloseElement();
    }
}
