using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Simulation.Faults;
using Headroom.Simulation.Networks;

namespace Headroom.Simulation.Observation.SpaceTime;

/// <summary>
/// A small run as a picture (SVG): a line a member, time to the right, an arrow a message, bold with a payload and thin without, a cross where one was lost, a
/// dot where a member delivers; members that are down, pause or are slow and links that are cut are shaded. The same run gives the same text.
/// </summary>
public sealed class SpaceTimeDiagram
{
    /// <summary>Lines closer than this cannot be told apart.</summary>
    public const int MembersMax = 100;

    private const double LeftMin = 72;
    private const double Right = 36;
    private const double BandHeight = 15;

    private readonly SpaceTimeLog _log;
    private readonly SpaceTimeOptions _options;
    private readonly int _members;
    private readonly TimeAxis _axis;
    private readonly double _left;
    private readonly IReadOnlyList<FaultSpan> _spans;
    private readonly double _top;
    private readonly double _row;
    private readonly List<(FaultSpan Span, int Lane)> _labels;
    private readonly StringBuilder _svg = new();

    private SpaceTimeDiagram(SpaceTimeLog log, int members, SpaceTimeOptions options)
    {
        _log = log;
        _options = options;
        _members = members;
        // With its share of the margin a bold letter of a name takes at most 9 px.
        _left = Math.Max(LeftMin, 9 * (options.MemberNames?.Max(name => name.Length) ?? 0));
        _axis = new TimeAxis(log.EndNs + (log.EndNs / 40), _left, options.WidthPx - _left - Right, options.InRounds);
        _spans = FaultSpans.Of(log.Faults, log.EndNs + (log.EndNs / 40));
        _labels = Lanes();
        _row = Math.Clamp(560.0 / members, 16, 56);
        _top = 20 + (options.Title.Length > 0 ? 30 : 0) + (17 * (_labels.Count == 0 ? 0 : 1 + _labels.Max(label => label.Lane)));
    }

    private double Bottom => _top + (_row * _members);

    /// <summary>Draws a recorded run; false, with the reason, when it is too large for a picture that shows anything.</summary>
    public static bool TryDraw(SpaceTimeLog log, int members, [NotNullWhen(true)] out string? svg, [NotNullWhen(false)] out string? problem, SpaceTimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        options ??= new SpaceTimeOptions();
        options.Validate();
        svg = null;
        problem = members > MembersMax ? $"{members} members: a space-time diagram shows at most {MembersMax}; run fewer"
            : log.ArrowCount > SpaceTimeLog.ArrowsMax ? $"{log.ArrowCount} messages: a space-time diagram shows at most {SpaceTimeLog.ArrowsMax}; run fewer members, or for a shorter time"
            : null;
        if (problem is not null)
        {
            return false;
        }

        svg = new SpaceTimeDiagram(log, members, options).Draw();
        return true;
    }

    private string Draw()
    {
        List<(double X, double Y, string Symbol, string Words)> legend = Placed(Legend());
        double height = legend.Count > 0 ? legend[^1].Y + 28 : Bottom + 56;
        string width = Px(_options.WidthPx);
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Px(height)}\" width=\"{width}\" height=\"{Px(height)}\" role=\"img\">\n");
        _svg.Append(Styles);
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"paper\" width=\"{width}\" height=\"{Px(height)}\"/>\n");
        if (_options.Title.Length > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Px(_left)}\" y=\"31\">{Escaped(_options.Title)}</text>\n");
        }

        DrawLinkSpans();
        DrawAxis();
        DrawMembers();
        DrawArrows(isPayload: false);
        DrawArrows(isPayload: true);
        DrawDeliveries();
        DrawLegend(legend);
        return _svg.Append("</svg>\n").ToString();
    }

    private static bool IsClockShown(Fault fault) => fault.Kind == FaultKind.Clock && fault.TimeNs >= 0;

    private void DrawLinkSpans()
    {
        foreach ((FaultSpan span, int lane) in _labels)
        {
            double from = _axis.X(span.FromNs);
            double labelY = _top - 6 - (17 * lane);
            string kind = span.Shade == Shade.Loss ? "loss" : "cut";
            Rectangle(kind, from, labelY - 2, _axis.X(span.ToNs) - from, Bottom - labelY + 2);
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}-label\" x=\"{Px(from + 3)}\" y=\"{Px(labelY - 4)}\">{Escaped(span.Label)}</text>\n");
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}-edge\" d=\"M{Px(from)} {Px(labelY - 12)}V{Px(Bottom)}\"/>\n");
        }
    }

    private void DrawAxis()
    {
        foreach ((double x, string label) in _axis.Ticks())
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Px(x)} {Px(_top)}V{Px(Bottom + 5)}\"/><text class=\"tick\" x=\"{Px(x)}\" y=\"{Px(Bottom + 20)}\">{label}</text>\n");
        }

        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Px(_left)} {Px(Bottom)}H{Px(_options.WidthPx - Right)}\"/>\n");
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"caption\" x=\"{Px(_options.WidthPx - Right)}\" y=\"{Px(Bottom + 38)}\">{_axis.Caption}</text>\n");
    }

    private void DrawMembers()
    {
        for (int member = 0; member < _members; member++)
        {
            double y = Y(member);
            string name = _options.MemberNames is { } names ? names[member] : member.ToString(CultureInfo.InvariantCulture);
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"member\" x=\"{Px(_left - 12)}\" y=\"{Px(y + 4)}\">{Escaped(name)}</text>\n");
            long upNs = 0;
            long endNs = _log.EndNs + (_log.EndNs / 40);
            foreach (FaultSpan span in _spans.Where(span => span.Member == member))
            {
                Rectangle(ClassOf(span.Shade), _axis.X(span.FromNs), y - (BandHeight / 2), _axis.X(span.ToNs) - _axis.X(span.FromNs), BandHeight);
                if (span.Shade is Shade.Crashed or Shade.Absent)
                {
                    Line(upNs, span.FromNs, y);
                    upNs = Math.Max(upNs, span.ToNs);
                }
            }

            Line(upNs, endNs, y);
        }

        foreach (FaultSpan crash in _spans.Where(span => span.Shade == Shade.Crashed))
        {
            Cross("crash-mark", _axis.X(crash.FromNs), Y(crash.Member), 5);
        }
    }

    private void DrawArrows(bool isPayload)
    {
        string kind = isPayload ? "payload" : "control";
        foreach (SpaceTimeArrow arrow in _log.Arrows.Where(arrow => arrow.IsPayload == isPayload))
        {
            bool isLost = arrow.Drop != DropCause.None;
            bool isUnderWay = arrow.EndNs < 0 && !isLost;
            (double x1, double y1) = (_axis.X(arrow.SentNs), Y(arrow.From));
            (double x2, double y2) = End(arrow);
            string arrowhead = isLost || isUnderWay ? "" : $" marker-end=\"url(#{kind})\"";
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}{(isLost ? " lost" : "")}\" d=\"M{Px(x1)} {Px(y1)}L{Px(x2)} {Px(y2)}\"{arrowhead}/>\n");
            if (isLost)
            {
                Cross("cross", x2, y2, isPayload ? 4 : 3);
            }
        }
    }

    /// <summary>Where an arrow ends: at its receiver; or, when it never got there, on the way to where the usual one would have.</summary>
    private (double X, double Y) End(in SpaceTimeArrow arrow)
    {
        (double y1, double y2) = (Y(arrow.From), Y(arrow.To));
        if (arrow.EndNs >= 0)
        {
            double clearance = arrow.Drop == DropCause.None ? 0 : Math.Sign(y1 - y2) * 3;
            return (_axis.X(arrow.EndNs), y2 + clearance);
        }

        double share = arrow.Drop switch
        {
            DropCause.None => 0.9,
            DropCause.Overflow => 0.12,
            _ => 0.55,
        };
        double x1 = _axis.X(arrow.SentNs);
        double x2 = _axis.X(Math.Min(arrow.SentNs + UsualNs(arrow.From, arrow.To), _log.EndNs + (_log.EndNs / 40)));
        return (x1 + (share * (x2 - x1)), y1 + (share * (y2 - y1)));
    }

    /// <summary>The mean time under way of what arrived between two members, of all if nothing did.</summary>
    private long UsualNs(int from, int to)
    {
        long[] all = [.. _log.Arrows.Where(arrow => arrow.EndNs >= 0).Select(arrow => arrow.EndNs - arrow.SentNs)];
        long[] own = [.. _log.Arrows.Where(arrow => arrow.EndNs >= 0 && arrow.From == from && arrow.To == to).Select(arrow => arrow.EndNs - arrow.SentNs)];
        return own.Length > 0 ? (long)own.Average() : all.Length > 0 ? (long)all.Average() : _log.EndNs / 20;
    }

    private void DrawDeliveries()
    {
        foreach ((int member, long atNs) in _log.Deliveries)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"delivered\" cx=\"{Px(_axis.X(atNs))}\" cy=\"{Px(Y(member))}\" r=\"4\"/>\n");
        }

        foreach (Fault fault in _log.Faults.Where(IsClockShown))
        {
            double x = _axis.X(fault.TimeNs);
            double y = Y(fault.Member);
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"clock\" d=\"M{Px(x - 5)} {Px(y)}l5 -5 5 5 -5 5z\"/>\n");
        }
    }

    private List<(string Symbol, string Words)> Legend()
    {
        var legend = new List<(string, string)>();
        void Add(bool isThere, string symbol, string words)
        {
            if (isThere)
            {
                legend.Add((symbol, words));
            }
        }

        Add(_log.Arrows.Any(arrow => arrow.IsPayload), "<path class=\"payload\" d=\"M0 0h24\" marker-end=\"url(#payload)\"/>", "payload");
        Add(_log.Arrows.Any(arrow => !arrow.IsPayload), "<path class=\"control\" d=\"M0 0h24\" marker-end=\"url(#control)\"/>", "control");
        Add(_log.Arrows.Any(arrow => arrow.Drop != DropCause.None), "<path class=\"payload lost\" d=\"M0 0h20\"/><path class=\"cross\" d=\"M16 -4l8 8m0 -8l-8 8\"/>", "lost");
        Add(_log.Deliveries.Count > 0, "<circle class=\"delivered\" cx=\"16\" cy=\"0\" r=\"4\"/>", "delivered");
        foreach ((Shade shade, string words) in new[] { (Shade.Crashed, "crashed"), (Shade.Absent, "not there"), (Shade.Paused, "paused"), (Shade.Slow, "slow"), (Shade.Cut, "cut"), (Shade.Loss, "loss") })
        {
            Add(_spans.Any(span => span.Shade == shade), $"<rect class=\"{ClassOf(shade)}\" x=\"0\" y=\"-7\" width=\"24\" height=\"14\"/><path class=\"swatch\" d=\"M0 -7h24v14H0z\"/>", words);
        }

        Add(_log.Faults.Any(IsClockShown), "<path class=\"clock\" d=\"M11 0l5 -5 5 5 -5 5z\"/>", "clock set");
        return legend;
    }

    private void DrawLegend(List<(double X, double Y, string Symbol, string Words)> legend)
    {
        foreach ((double x, double y, string symbol, string words) in legend)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({Px(x)} {Px(y)})\">{symbol}<text class=\"words\" x=\"34\" y=\"4\">{words}</text></g>\n");
        }
    }

    /// <summary>The legend's places: in rows as wide as the picture.</summary>
    private List<(double X, double Y, string Symbol, string Words)> Placed(List<(string Symbol, string Words)> legend)
    {
        var placed = new List<(double, double, string, string)>();
        double x = _left;
        double y = Bottom + 62;
        foreach ((string symbol, string words) in legend)
        {
            double width = 34 + (7 * words.Length);
            if (x + width > _options.WidthPx && x > _left)
            {
                x = _left;
                y += 24;
            }

            placed.Add((x, y, symbol, words));
            x += width + 26;
        }

        return placed;
    }

    /// <summary>The labels of what befalls links, each in the lowest lane where no other is in its way.</summary>
    private List<(FaultSpan Span, int Lane)> Lanes()
    {
        var ends = new List<double>();
        var labels = new List<(FaultSpan, int)>();
        foreach (FaultSpan span in _spans.Where(span => span.Shade is Shade.Cut or Shade.Loss))
        {
            double from = _axis.X(span.FromNs);
            int lane = ends.FindIndex(end => end <= from);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }

            ends[lane] = Math.Max(_axis.X(span.ToNs), from + 10 + (6.5 * span.Label.Length));
            labels.Add((span, lane));
        }

        return labels;
    }

    private double Y(int member) => _top + (_row * (member + 0.5));

    private void Line(long fromNs, long toNs, double y)
    {
        if (toNs > fromNs)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{Px(_axis.X(fromNs))} {Px(y)}H{Px(_axis.X(toNs))}\"/>\n");
        }
    }

    private void Rectangle(string kind, double x, double y, double width, double height) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Px(x)}\" y=\"{Px(y)}\" width=\"{Px(Math.Max(0.5, width))}\" height=\"{Px(height)}\"/>\n");

    private void Cross(string kind, double x, double y, double arm) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"M{Px(x - arm)} {Px(y - arm)}l{Px(2 * arm)} {Px(2 * arm)}m0 {Px(-2 * arm)}l{Px(-2 * arm)} {Px(2 * arm)}\"/>\n");

    private static string ClassOf(Shade shade) => shade switch
    {
        Shade.Crashed => "crashed",
        Shade.Absent => "absent",
        Shade.Paused => "paused",
        Shade.Slow => "slow",
        Shade.Cut => "cut",
        _ => "loss",
    };

    private static string Px(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    private const string Styles = """
        <style>
        text { font: 12px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1b1c20 }
        .paper { fill: #fcfbf8 }
        .title { font-size: 17px; font-weight: 600 }
        .member { text-anchor: end; font-weight: 600 }
        .tick { text-anchor: middle; fill: #6b6f77; font-variant-numeric: tabular-nums }
        .caption { text-anchor: end; fill: #6b6f77 }
        .words { fill: #43464d }
        .grid { stroke: #e7e4dc; fill: none }
        .axis { stroke: #a9aaad; fill: none }
        .line { stroke: #7d8087; stroke-width: 1; fill: none }
        .payload { stroke: #005fa6; stroke-width: 2; fill: none }
        .control { stroke: #8a8e96; stroke-width: 0.9; fill: none }
        .lost { stroke-dasharray: 4 3; opacity: 0.8 }
        .cross { stroke: #b00020; stroke-width: 1.8; fill: none }
        .crash-mark { stroke: #1b1c20; stroke-width: 2.4; fill: none }
        .delivered { fill: #00664b; stroke: #fcfbf8; stroke-width: 1.2 }
        .clock { fill: #fcfbf8; stroke: #963d79; stroke-width: 1.5 }
        .swatch { stroke: #c9c6bd; fill: none }
        .crashed { fill: url(#hatch) }
        .absent { fill: #eceae3 }
        .paused { fill: #f7d9a8 }
        .slow { fill: #dcd9f3 }
        .cut { fill: #963d79; fill-opacity: 0.12 }
        .cut-edge { stroke: #963d79; stroke-opacity: 0.45; fill: none }
        .cut-label { fill: #963d79; font-size: 11px }
        .loss { fill: #b54200; fill-opacity: 0.11 }
        .loss-edge { stroke: #b54200; stroke-opacity: 0.45; fill: none }
        .loss-label { fill: #b54200; font-size: 11px }
        </style>
        <defs>
        <marker id="payload" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9z" fill="#005fa6"/></marker>
        <marker id="control" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9z" fill="#8a8e96"/></marker>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#e4e2dd"/><path d="M0 0V6" stroke="#b9b6ae" stroke-width="2.4"/></pattern>
        </defs>

        """;
}
