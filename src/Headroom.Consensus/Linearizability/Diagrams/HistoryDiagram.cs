using System.Globalization;
using System.Text;
using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Consensus.Linearizability.Diagrams;

/// <summary>
/// A picture of a checked history (SVG): time runs to the right, each client has a row, operations are bars from call to return. The order found, or the one that got furthest,
/// is numbered and strung along a line; the smallest part that has no order is red. Of time only the order of calls and returns is kept: each takes one step.
/// </summary>
public sealed class HistoryDiagram
{
    private const double Left = 92;
    private const double Top = 64;
    private const double RowHeight = 54;
    private const double BarHeight = 16;
    private const double CharacterPx = 6.7;
    private const int ValueCharacters = 14;

    private readonly StringBuilder _svg = new();
    private readonly History _history;
    private readonly LinearizabilityResult _result;
    private readonly DiagramSelection _selection;
    private readonly OperationText _text;
    private readonly string _title;
    private readonly int[] _clients;
    private readonly long[] _moments;
    private readonly double _step;

    private HistoryDiagram(History history, SequentialModel model, LinearizabilityResult result, string title)
    {
        _history = history;
        _result = result;
        _title = title;
        _text = new OperationText(history, model, ValueCharacters);
        _selection = DiagramSelection.Of(history, result);
        Operation[] drawn = [.. _selection.Operations.Select(i => history.Operations[i])];
        _clients = [.. drawn.Select(o => o.Client).Distinct().Order()];
        _moments = [.. drawn.SelectMany(o => o.IsPending ? [o.Call] : new[] { o.Call, o.Return }).Distinct().Order()];
        _step = Step();
    }

    private double Right => Left + (_step * (_moments.Length + 0.5));

    private double Bottom => Top + (RowHeight * _clients.Length);

    public static string Draw(History history, SequentialModel model, LinearizabilityResult result, string title)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(result);
        return new HistoryDiagram(history, model, result, title).Draw();
    }

    private string Draw()
    {
        List<(double X, string Symbol, string Words)> legend = Legend();
        double width = Math.Max(Right + 30, legend[^1].X + LegendWidth(legend[^1].Words));
        double height = Bottom + 84;
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Px(width)} {Px(height)}\" width=\"{Px(width)}\" height=\"{Px(height)}\" role=\"img\">\n{Styles}");
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"paper\" width=\"{Px(width)}\" height=\"{Px(height)}\"/>\n<text class=\"title\" x=\"20\" y=\"30\">{Escaped(_title)}</text>\n");
        DrawRows();
        DrawSince();
        List<(double X, double Y, int Number)> points = Points();
        if (points.Count > 1)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"string\" d=\"M{string.Join('L', points.Select(p => $"{Px(p.X)} {Px(p.Y)}"))}\"/>\n");
        }

        foreach (int i in _selection.Operations)
        {
            DrawOperation(i);
        }

        DrawPoints(points);
        foreach ((double x, string symbol, string words) in legend)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({Px(x)} {Px(Bottom + 50)})\">{symbol}<text class=\"words\" x=\"29\" y=\"4\">{words}</text></g>\n");
        }

        return _svg.Append("</svg>\n").ToString();
    }

    private void DrawRows()
    {
        foreach (int client in _clients)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"row\" d=\"M{Px(Left)} {Px(Y(client))}H{Px(Right)}\"/><text class=\"client\" x=\"{Px(Left - 12)}\" y=\"{Px(Y(client) + 4)}\">client {client}</text>\n");
        }

        int all = _result.Failure?.Operations.Count ?? _history.Operations.Length;
        string axis = "time, one step for each call and return" + (_result.Failure is { } failure && _history.KeyNames.Count > 0 ? $" · key {_history.KeyName(failure.Key)}" : "")
            + (_selection.Operations.Count < all ? $" · {_selection.Operations.Count} of {all:N0} operations are drawn" : "");
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Px(Left)} {Px(Bottom)}H{Px(Right)}l-6 -3.5m6 3.5l-6 3.5\"/><text class=\"caption\" x=\"{Px(Left)}\" y=\"{Px(Bottom + 18)}\">{Escaped(axis)}</text>\n");
    }

    private void DrawSince()
    {
        int first = _result.Failure?.Since is { } since ? Array.FindIndex(_moments, m => m >= since) : 0;
        if (first > 0)
        {
            double x = X(first) - (_step / 2);
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"since\" d=\"M{Px(x)} {Px(Top - 8)}V{Px(Bottom)}\"/><text class=\"since-label\" x=\"{Px(x + 5)}\" y=\"{Px(Top - 4)}\">from any state reached before</text>\n");
        }
    }

    private void DrawOperation(int i)
    {
        Operation operation = _history.Operations[i];
        double y = Y(operation.Client);
        double from = X(operation.Call);
        double to = operation.IsPending ? Right : X(operation.Return);
        string kind = KindOf(i);
        string title = $"{_text.Of(operation)}{(i < _history.Lines.Count ? $" (line {_history.Lines[i]})" : "")}";
        string shape = operation.IsPending
            ? $"<path class=\"{kind} open\" d=\"M{Px(to)} {Px(y - (BarHeight / 2))}H{Px(from)}v{Px(BarHeight)}H{Px(to)}\"/>"
            : $"<rect class=\"{kind}\" x=\"{Px(from)}\" y=\"{Px(y - (BarHeight / 2))}\" width=\"{Px(Math.Max(3, to - from))}\" height=\"{Px(BarHeight)}\" rx=\"3\"/>";
        _svg.Append(CultureInfo.InvariantCulture, $"<g><title>{Escaped(title)}</title>{shape}<text class=\"{kind}-label\" x=\"{Px(from)}\" y=\"{Px(y - (BarHeight / 2) - 5)}\">{Escaped(_text.Of(operation))}</text></g>\n");
    }

    private string KindOf(int i) => _result.Failure is { } failure && failure.Smallest.Contains(i) ? "failing" : _selection.Order.Contains(i) ? "ordered" : "left";

    /// <summary>Each operation's moment is its call or the moment of the one before it, whichever is later; operations of one moment share the step after it.</summary>
    private List<(double X, double Y, int Number)> Points()
    {
        var places = new List<(int Number, int Operation, int Step)>();
        int step = 0;
        for (int number = 0; number < _selection.Order.Count; number++)
        {
            int i = _selection.Order[number];
            if (_selection.Operations.Contains(i))
            {
                step = Math.Max(step, StepOf(_history.Operations[i].Call));
                places.Add((number + 1, i, step));
            }
        }

        var points = new List<(double X, double Y, int Number)>();
        foreach (IGrouping<int, (int Number, int Operation, int Step)> group in places.GroupBy(p => p.Step))
        {
            int among = 0;
            int count = group.Count();
            foreach ((int number, int operation, int at) in group)
            {
                points.Add((X(at) + (_step * ++among / (count + 1)), Y(_history.Operations[operation].Client), number));
            }
        }

        return points;
    }

    private void DrawPoints(List<(double X, double Y, int Number)> points)
    {
        foreach ((double x, double y, int number) in points)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"point\" cx=\"{Px(x)}\" cy=\"{Px(y)}\" r=\"8.5\"/><text class=\"number\" x=\"{Px(x)}\" y=\"{Px(y + 3.4)}\">{number}</text>\n");
        }

        if (_result.Failure is { } failure)
        {
            Operation blocked = _history.Operations[failure.Blocked];
            _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"stuck\" cx=\"{Px(X(blocked.Return))}\" cy=\"{Px(Y(blocked.Client))}\" r=\"9.5\"/><text class=\"number\" x=\"{Px(X(blocked.Return))}\" y=\"{Px(Y(blocked.Client) + 4)}\">?</text>\n");
        }
    }

    private List<(double X, string Symbol, string Words)> Legend()
    {
        bool fails = _result.Failure is not null;
        var legend = new List<(string Symbol, string Words)>();
        if (fails)
        {
            legend.Add(("<rect class=\"failing\" x=\"0\" y=\"-7\" width=\"22\" height=\"14\" rx=\"3\"/>", "these have no order"));
        }

        legend.Add(("<rect class=\"ordered\" x=\"0\" y=\"-7\" width=\"22\" height=\"14\" rx=\"3\"/><circle class=\"point\" cx=\"11\" cy=\"0\" r=\"8.5\"/><text class=\"number\" x=\"11\" y=\"3.4\">1</text>",
            fails ? "the order that got furthest" : "an order that explains every answer"));
        if (fails)
        {
            legend.Add(("<circle class=\"stuck\" cx=\"11\" cy=\"0\" r=\"9.5\"/><text class=\"number\" x=\"11\" y=\"4\">?</text>", "before this return every order gets stuck"));
        }

        if (_selection.Operations.Any(i => KindOf(i) == "left"))
        {
            legend.Add(("<rect class=\"left\" x=\"0\" y=\"-7\" width=\"22\" height=\"14\" rx=\"3\"/>", "not in that order"));
        }

        if (_selection.Operations.Any(i => _history.Operations[i].IsPending))
        {
            legend.Add(("<path class=\"left open\" d=\"M22 -7H0v14H22\"/>", "never answered"));
        }

        var placed = new List<(double, string, string)>();
        double x = Left;
        foreach ((string symbol, string words) in legend)
        {
            placed.Add((x, symbol, words));
            x += LegendWidth(words);
        }

        return placed;
    }

    private static double LegendWidth(string words) => 29 + (CharacterPx * words.Length) + 18;

    /// <summary>Steps are as wide as labels need that stand above bars of one row.</summary>
    private double Step()
    {
        double step = 24;
        foreach (IGrouping<int, int> row in _selection.Operations.GroupBy(i => _history.Operations[i].Client))
        {
            int[] inRow = [.. row];
            for (int k = 0; k < inRow.Length; k++)
            {
                Operation operation = _history.Operations[inRow[k]];
                int from = StepOf(operation.Call);
                int to = k + 1 < inRow.Length ? StepOf(_history.Operations[inRow[k + 1]].Call) : _moments.Length;
                step = Math.Max(step, ((CharacterPx * _text.Of(operation).Length) + 8) / Math.Max(1, to - from));
            }
        }

        return Math.Min(step, 96);
    }

    private int StepOf(long moment) => Math.Max(0, Array.BinarySearch(_moments, moment));

    private double X(long moment) => X(StepOf(moment));

    private double X(int step) => Left + (_step * (step + 0.25));

    private double Y(int client) => Top + (RowHeight * (Array.BinarySearch(_clients, client) + 0.62));

    private static string Px(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ when char.IsControl(c) || char.IsSurrogate(c) || c >= '\uFFFE' => "\uFFFD",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private const string Styles = """
        <style>
        text { font: 12px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1b1c20 }
        .paper { fill: #fcfbf8 }
        g > text { paint-order: stroke; stroke: #fcfbf8; stroke-width: 3px; stroke-linejoin: round }
        g > .number { stroke: none }
        .title { font-size: 17px; font-weight: 600 }
        .client { text-anchor: end; font-weight: 600 }
        .caption { fill: #6b6f77 }
        .words { fill: #43464d }
        .row { stroke: #e7e4dc; fill: none }
        .axis { stroke: #a9aaad; fill: none }
        .ordered { fill: #cfe0ee; stroke: #005fa6 }
        .left { fill: #eceae3; stroke: #a9aaad }
        .failing { fill: #f6c9cf; stroke: #b00020; stroke-width: 1.6 }
        .failing-label { fill: #b00020; font-weight: 600 }
        .left-label { fill: #6b6f77 }
        .open { stroke-dasharray: 4 3 }
        .string { stroke: #8a8e96; stroke-width: 1.2; fill: none }
        .point { fill: #005fa6; stroke: #fcfbf8; stroke-width: 1.2 }
        .stuck { fill: #b00020; stroke: #fcfbf8; stroke-width: 1.4 }
        .number { text-anchor: middle; font-size: 9.5px; font-weight: 600; fill: #fcfbf8; font-variant-numeric: tabular-nums }
        .since { stroke: #963d79; stroke-dasharray: 2 3; fill: none }
        .since-label { fill: #963d79; font-size: 11px }
        </style>

        """;
}
