using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ziggie.Dashboard.Model.Graph;

/// <summary>Lays out services from left to right: each connected part by itself, the parts in rows like words on a page.</summary>
public static class GraphLayout
{
    private const double Column = GraphDrawing.NodeWidth + 116, Row = GraphDrawing.NodeHeight + 16, Gap = 36;

    /// <param name="names">The services, by name.</param>
    /// <param name="links">From what is waited for to who waits.</param>
    /// <param name="pageWidth">A part that does not fit beside others begins a new row.</param>
    public static GraphDrawing Draw(IReadOnlyList<string> names, IReadOnlyCollection<(string On, string By)> links, double pageWidth = 1300)
    {
        var parts = Parts(names, links).Select(part => new Part(part.Names, part.Links)).OrderByDescending(part => part.Names.Count)
            .ThenBy(part => part.Names[0], StringComparer.Ordinal).ToList();
        var places = ImmutableArray.CreateBuilder<GraphPlace>();
        var lines = new List<GraphWay>();
        double x = 0, y = 0, rowHeight = 0, width = 0;
        foreach (var part in parts)
        {
            if (x > 0 && x + part.Width > pageWidth) (x, y, rowHeight) = (0, y + rowHeight + Gap, 0);
            part.Add(places, lines, x, y);
            (x, rowHeight) = (x + part.Width + Gap, Math.Max(rowHeight, part.Height));
            width = Math.Max(width, x - Gap);
        }
        return new GraphDrawing(places.ToImmutable(), GraphLabels.Place(lines), width, y + rowHeight);
    }

    private static IEnumerable<(List<string> Names, List<(string On, string By)> Links)> Parts(
        IReadOnlyList<string> names, IReadOnlyCollection<(string On, string By)> links)
    {
        var neighbours = links.SelectMany(l => ((string, string)[])[(l.On, l.By), (l.By, l.On)]).ToLookup(l => l.Item1, l => l.Item2, StringComparer.Ordinal);
        var partOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var parts = 0;
        foreach (var name in names)
        {
            if (partOf.ContainsKey(name)) continue;
            var part = parts++;
            var open = new Stack<string>([name]);
            while (open.TryPop(out var found))
            {
                if (!partOf.TryAdd(found, part)) continue;
                foreach (var other in neighbours[found]) open.Push(other);
            }
        }
        var linksOf = links.ToLookup(l => partOf[l.On]);
        return names.GroupBy(name => partOf[name]).Select(part => (part.ToList(), linksOf[part.Key].ToList()));
    }

    /// <summary>One connected part.</summary>
    private sealed class Part
    {
        // Where on a bend the word may stand, best first.
        private static readonly double[] Along = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

        private readonly List<(string On, string By)> _links;
        private readonly GraphLayers _layers;

        public Part(List<string> names, List<(string On, string By)> links)
        {
            (Names, _links) = (names, links);
            var number = names.Select((name, at) => (name, at)).ToDictionary(n => n.name, n => n.at, StringComparer.Ordinal);
            _layers = new GraphLayers(names.Count, [.. links.Select(l => (number[l.On], number[l.By]))]);
            Height = (_layers.Rows.Max() * Row) + GraphDrawing.NodeHeight;
            Width = ((_layers.Layers - 1) * Column) + GraphDrawing.NodeWidth;
        }

        public List<string> Names { get; }

        public double Width { get; }

        public double Height { get; }

        public void Add(ImmutableArray<GraphPlace>.Builder places, List<GraphWay> lines, double x, double y)
        {
            var order = Enumerable.Range(0, Names.Count).OrderBy(_layers.LayerOf).ThenBy(node => _layers.Rows[node]);
            foreach (var node in order) places.Add(new GraphPlace(Names[node], Round(X(node, x)), Round(Y(node, y))));
            for (var i = 0; i < _links.Count; i++)
            {
                var (on, by) = (Names.IndexOf(_links[i].On), Names.IndexOf(_links[i].By));
                lines.Add(Line(_links[i], [on, .. _layers.Bends[i], by], x, y));
            }
        }

        private GraphWay Line((string On, string By) link, int[] nodes, double x, double y)
        {
            var path = new StringBuilder();
            const double Middle = GraphDrawing.NodeHeight / 2;
            var (fromX, fromY) = (X(nodes[0], x) + GraphDrawing.NodeWidth, Y(nodes[0], y) + Middle);
            List<(double X, double Y)> spots = [];
            path.Append(CultureInfo.InvariantCulture, $"M{fromX:0.#} {fromY:0.#}");
            for (var i = 1; i < nodes.Length; i++)
            {
                var (toX, toY) = (X(nodes[i], x), Y(nodes[i], y) + Middle);
                var bend = Math.Max(24, (toX - fromX) / 2);
                path.Append(CultureInfo.InvariantCulture, $"C{fromX + bend:0.#} {fromY:0.#} {toX - bend:0.#} {toY:0.#} {toX:0.#} {toY:0.#}");
                foreach (var part in Along) spots.Add((At(part, fromX, fromX + bend, toX - bend, toX), At(part, fromY, fromY, toY, toY)));
                (fromX, fromY) = (toX, toY);
                if (i == nodes.Length - 1) continue;
                // Through the layer, straight; no other line comes there, so the first such place is the best one for the word.
                spots.Insert(i == 1 ? 0 : spots.Count, (toX + (GraphDrawing.NodeWidth / 2), toY));
                fromX += GraphDrawing.NodeWidth;
                path.Append(CultureInfo.InvariantCulture, $"H{fromX:0.#}");
            }
            return new GraphWay(link.On, link.By, path.ToString(), spots);
        }

        private static double At(double part, double a, double b, double c, double d)
        {
            var rest = 1 - part;
            return (rest * rest * rest * a) + (3 * rest * rest * part * b) + (3 * rest * part * part * c) + (part * part * part * d);
        }

        private double X(int node, double x) => x + (_layers.LayerOf(node) * Column);

        private double Y(int node, double y) => y + (_layers.Rows[node] * Row);

        private static double Round(double value) => Math.Round(value, 1);
    }
}
