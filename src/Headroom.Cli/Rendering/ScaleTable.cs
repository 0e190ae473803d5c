using Headroom.Audit;
using Headroom.Audit.Scale;
using Headroom.Dissemination.Broadcasts;
using Headroom.Kernel.Quantities;
using Headroom.Kernel.Statistics;
using Spectre.Console;

namespace Headroom.Cli.Rendering;

/// <summary>Large runs, and how they grow, for people.</summary>
internal static class ScaleTable
{
    public static void Show(ScaleMeasurement run)
    {
        IAnsiConsole console = PlainConsole.Open();
        ScaleOptions options = run.Options;
        console.MarkupLine($"[bold]{Markup.Escape(options.Strategy.Name)}[/] with {Print.Prefixed(options.Members)} members, {options.TopologyName}: {Time(run.Seconds)} and {Bytes(run.BytesPeak)} in all");
        Table table = Right("broadcast", "delivered", "payloads", "messages", "bytes", "hops", "half", "99 %", "last");
        for (int i = 0; i < run.Outcome.Broadcasts.Count; i++)
        {
            SeriesBroadcast b = run.Outcome.Broadcasts[i];
            table.AddRow($"{i + 1}", b.Delivered == b.Live ? "all" : $"{Print.Significant(100.0 * b.Delivered / b.Live, 7)} %", Print.Prefixed(b.PayloadCopies), Print.Prefixed(b.Messages), Bytes(b.WireBytes),
                $"{b.HopsMax}", Time(b.MedianNs / 1e9), Time(b.P99Ns / 1e9), Time(b.LastNs / 1e9));
        }

        console.Write(table);
        console.MarkupLine($"settling: {Print.Prefixed(run.Outcome.SettlingMessages)} messages, {Bytes(run.Outcome.SettlingBytes)}, {Print.Significant((double)run.Outcome.SettlingMessages / options.Members, 4)} messages a member");
        console.MarkupLine($"on this machine: links {Time(run.LinksSeconds)}, members and settling {Time(run.SettlingSeconds)}, broadcasts {Time(run.BroadcastSeconds)}; "
            + $"{Time(run.ProcessorSeconds)} of processor time; {Print.Prefixed(run.Outcome.Events)} events, {Print.Prefixed(Math.Round(run.EventsPerSecond))} a second of it; {Print.Significant(run.BytesPerMember, 4)} B a member above {Bytes(run.BytesBefore)}");
        console.MarkupLine($"[grey]headroom {AuditResult.Version}; seed {options.Seed}; again with: {Markup.Escape(run.Command)}[/]");
    }

    public static void Show(ScaleTrends trends, double to, Quantity price)
    {
        IAnsiConsole console = PlainConsole.Open();
        console.MarkupLine($"[bold]{Markup.Escape(trends.Protocol)}[/], {trends.Topology}: {trends.Points.Count} sizes from {Print.Prefixed(trends.Points[0].Members)} to {Print.Prefixed(trends.Points[^1].Members)} members");
        Table sizes = Right("members", "time", "processor", "memory a member", "events a second", "messages a member", "bytes a member", "delivered", "hops", "99 %", "last");
        foreach (ScalePoint p in trends.Points)
        {
            sizes.AddRow(Print.Prefixed(p.Members), Time(p.Seconds), Time(p.ProcessorSeconds), Bytes(p.MemoryBytesPerMember), Print.Prefixed(Math.Round(p.EventsPerSecond)), Print.Significant(p.MessagesPerMember, 4), Bytes(p.WireBytesPerMember),
                p.ShareDelivered == 1 ? "all" : $"{Print.Significant(100 * p.ShareDelivered, 7)} %", Print.Significant(p.Hops, 3), Time(p.P99Seconds), Time(p.LastSeconds));
        }

        console.Write(sizes);
        Table table = Right("quantity", "law", "growth (95 %)", $"at {Print.Prefixed(to)} members (95 %)");
        foreach (ScaleTrend trend in trends.All)
        {
            Interval growth = trend.GrowthInterval;
            table.AddRow(trend.Quantity, trend.Law == ScaleLaw.Power ? "c n^e" : "c + e ln n", $"e = {Print.Significant(trend.Growth, 3)} ({Print.Significant(growth.Low, 3)} to {Print.Significant(growth.High, 3)})",
                Within(trend.At(to), trend.Within(to), value => Text(value, trend.Unit)));
        }

        Total("messages a broadcast", trends.Messages, value => Print.Prefixed(Math.Round(value)));
        Total("bytes a broadcast", trends.WireBytes, Bytes);
        Total($"money a broadcast at {price}", trends.WireBytes, value => $"{Print.Significant(value * 8 * price.Base, 4)} $");
        console.Write(table);

        void Total(string name, ScaleTrend each, Func<double, string> text)
        {
            Interval within = each.Within(to);
            table.AddRow(name, "times n", "", Within(each.At(to) * to, new Interval(within.Low * to, within.High * to), text));
        }
    }

    private static Table Right(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(i == 0 ? new TableColumn(Markup.Escape(columns[i])) : new TableColumn(Markup.Escape(columns[i])).RightAligned());
        }

        return table;
    }

    private static string Within(double value, Interval interval, Func<double, string> text) => $"{text(value)} ({text(interval.Low)} to {text(interval.High)})";

    private static string Text(double value, string unit) => unit switch
    {
        "s" => Time(value),
        "B" => Bytes(value),
        _ => Print.Significant(value, 4),
    };

    private static string Time(double seconds) => new Quantity(seconds, Unit.Second).ToHumanString();

    private static string Bytes(double bytes) => new Quantity(bytes, Unit.Byte).ToHumanString();
}
