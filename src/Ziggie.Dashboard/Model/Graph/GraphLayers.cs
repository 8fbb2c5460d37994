namespace Ziggie.Dashboard.Model.Graph;

/// <summary>One connected part of a graph in layers: each node right of everything that it waits for, neighbours close to each other.</summary>
internal sealed class GraphLayers
{
    private const int Sweeps = 10;

    private readonly List<List<int>> _layers = [];
    private readonly List<int> _layerOf = [];
    private readonly List<List<int>> _before = [], _after = [];

    /// <param name="count">Nodes 0 to count - 1; their order is kept where nothing speaks against it.</param>
    /// <param name="links">From what is waited for to who waits; each once.</param>
    public GraphLayers(int count, IReadOnlyList<(int On, int By)> links)
    {
        Count = count;
        var forward = WithoutCycles(count, links);
        for (var node = 0; node < count; node++) AddNode();
        Depth(count, forward);
        // A link over several layers bends around what stands between: a point in each of them holds its way free.
        Bends = [.. links.Select(_ => (IReadOnlyList<int>)[])];
        for (var i = 0; i < links.Count; i++)
        {
            var (on, by) = links[i];
            if (!forward.Contains((on, by))) continue;
            var last = on;
            var bends = new List<int>();
            for (var layer = _layerOf[on] + 1; layer < _layerOf[by]; layer++)
            {
                var bend = AddNode();
                _layerOf[bend] = layer;
                Join(last, bend);
                bends.Add(bend);
                last = bend;
            }
            Join(last, by);
            Bends[i] = bends;
        }
        for (var node = 0; node < _layerOf.Count; node++)
        {
            while (_layers.Count <= _layerOf[node]) _layers.Add([]);
            _layers[_layerOf[node]].Add(node);
        }
        Order();
        Rows = Spread();
    }

    public int Count { get; }

    /// <summary>For each link the points between its ends.</summary>
    public IReadOnlyList<int>[] Bends { get; }

    /// <summary>Of each node and bend; neighbours of one layer are at least one apart, the smallest is 0.</summary>
    public double[] Rows { get; }

    public int Layers => _layers.Count;

    public int LayerOf(int node) => _layerOf[node];

    private int AddNode()
    {
        _layerOf.Add(0);
        _before.Add([]);
        _after.Add([]);
        return _layerOf.Count - 1;
    }

    private void Join(int on, int by)
    {
        _after[on].Add(by);
        _before[by].Add(on);
    }

    /// <summary>Cycles are refused in definitions; should there be one, the link that closes it does not count.</summary>
    private static HashSet<(int On, int By)> WithoutCycles(int count, IReadOnlyList<(int On, int By)> links)
    {
        var forward = new HashSet<(int, int)>(links.Where(l => l.On != l.By));
        var next = links.Where(l => l.On != l.By).ToLookup(l => l.On, l => l.By);
        var state = new byte[count];
        var open = new Stack<(int Node, IEnumerator<int> Next)>();
        for (var root = 0; root < count; root++)
        {
            if (state[root] != 0) continue;
            Enter(root);
            while (open.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    state[top.Node] = 2;
                    open.Pop();
                }
                else if (state[top.Next.Current] == 1)
                {
                    forward.Remove((top.Node, top.Next.Current));
                }
                else if (state[top.Next.Current] == 0)
                {
                    Enter(top.Next.Current);
                }
            }
        }
        return forward;

        void Enter(int node)
        {
            state[node] = 1;
            open.Push((node, next[node].GetEnumerator()));
        }
    }

    /// <summary>The layer is the longest way from a node that waits for nothing.</summary>
    private void Depth(int count, HashSet<(int On, int By)> forward)
    {
        var next = forward.ToLookup(l => l.On, l => l.By);
        var waits = new int[count];
        foreach (var (_, by) in forward) waits[by]++;
        var free = new Queue<int>(Enumerable.Range(0, count).Where(n => waits[n] == 0));
        while (free.TryDequeue(out var node))
        {
            foreach (var by in next[node])
            {
                _layerOf[by] = Math.Max(_layerOf[by], _layerOf[node] + 1);
                if (--waits[by] == 0) free.Enqueue(by);
            }
        }
    }

    /// <summary>To and fro, each node goes to the mean place of its neighbours in the layer before; the arrangement with the fewest crossings wins.</summary>
    private void Order()
    {
        var best = _layers.Select(layer => layer.ToArray()).ToArray();
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                for (var layer = 1; layer < _layers.Count; layer++) Sort(_layers[layer], _layers[layer - 1], _before);
            }
            else
            {
                for (var layer = _layers.Count - 2; layer >= 0; layer--) Sort(_layers[layer], _layers[layer + 1], _after);
            }
            var crossings = Crossings();
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = [.. _layers.Select(layer => layer.ToArray())];
        }
        for (var layer = 0; layer < best.Length; layer++) _layers[layer] = [.. best[layer]];
    }

    private static void Sort(List<int> layer, List<int> beside, List<List<int>> neighbours)
    {
        var place = beside.Select((node, at) => (node, at)).ToDictionary(p => p.node, p => p.at);
        var sorted = layer.Select((node, at) => (Node: node, Key: neighbours[node].Count == 0 ? at : neighbours[node].Average(n => place[n])))
            .OrderBy(p => p.Key).Select(p => p.Node).ToList();
        layer.Clear();
        layer.AddRange(sorted);
    }

    private long Crossings()
    {
        long all = 0;
        for (var layer = 0; layer + 1 < _layers.Count; layer++)
        {
            var place = _layers[layer + 1].Select((node, at) => (node, at)).ToDictionary(p => p.node, p => p.at);
            // Those that end above one that began above: counted by a tree of sums.
            var sums = new int[_layers[layer + 1].Count + 1];
            var seen = 0;
            foreach (var node in _layers[layer])
            {
                var ends = _after[node].Select(n => place[n]).ToList();
                foreach (var end in ends)
                {
                    var below = 0;
                    for (var i = end + 1; i > 0; i -= i & -i) below += sums[i];
                    all += seen - below;
                }
                foreach (var end in ends)
                {
                    for (var i = end + 1; i < sums.Length; i += i & -i) sums[i]++;
                    seen++;
                }
            }
        }
        return all;
    }

    /// <summary>Each node as near to the mean of its neighbours as the others of its layer allow.</summary>
    private double[] Spread()
    {
        var rows = new double[_layerOf.Count];
        foreach (var layer in _layers)
        {
            for (var at = 0; at < layer.Count; at++) rows[layer[at]] = at - ((layer.Count - 1) / 2.0);
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var layer in sweep % 2 == 0 ? _layers : Enumerable.Reverse(_layers)) Relax(layer, rows);
        }
        var least = rows.Length == 0 ? 0 : rows.Min();
        return [.. rows.Select(row => row - least)];
    }

    private void Relax(List<int> layer, double[] rows)
    {
        var wish = layer.Select(node => _before[node].Concat(_after[node]).Select(n => rows[n]).DefaultIfEmpty(rows[node]).Average()).ToArray();
        var (down, up) = (new double[wish.Length], new double[wish.Length]);
        for (var at = 0; at < wish.Length; at++) down[at] = at == 0 ? wish[at] : Math.Max(wish[at], down[at - 1] + 1);
        for (var at = wish.Length - 1; at >= 0; at--) up[at] = at == wish.Length - 1 ? wish[at] : Math.Min(wish[at], up[at + 1] - 1);
        // Both keep the distance, and so does the middle between them.
        for (var at = 0; at < wish.Length; at++) rows[layer[at]] = (down[at] + up[at]) / 2;
    }
}
