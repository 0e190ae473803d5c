using System.Diagnostics;
using Headroom.Lab.Maelstrom;
using Headroom.Lab.Maelstrom.Networks;

namespace Headroom.Benchmarks.Lab;

/// <summary>
/// How many messages a second the host routes before it is what slows the nodes down: four of the cheapest nodes there are (a regular expression in
/// Perl) pass tokens round for ever. Beside it, lines a second through one pipe and back (cat), a line a write, with as many lines under way.
/// </summary>
internal sealed class MaelstromRouter : IBenchmark
{
    private const int Nodes = 4;
    private const int TokensPerNode = 100;
    private const double Seconds = 3;

    private const string Ring = """
        #!/usr/bin/env perl
        use strict; $| = 1;
        my ($me, $next);
        my $tokens = shift @ARGV;
        while (<STDIN>) {
          if (/"body":(\{"type":"token".*)$/) { print qq({"src":"$me","dest":"$next","body":$1\n); next }
          my ($src, $dest, $type, $id) = /"src":"(\w+)","dest":"(\w+)","body":\{"type":"(\w+)","msg_id":(\d+)/;
          my ($echo) = /"echo":("[^"]*")/;
          print qq({"src":"$dest","dest":"$src","body":{"type":"${type}_ok","in_reply_to":$id,"echo":) . ($echo // '""') . "}}\n";
          next unless $type eq "init";
          my ($ids) = /"node_ids":\[([^\]]*)\]/;
          $me = $dest;
          $next = "n" . ((substr($me, 1) + 1) % scalar(split /,/, $ids));
          print qq({"src":"$me","dest":"$next","body":{"type":"token","number":$_}}\n) for 1 .. $tokens;
        }
        """;

    public string Name => "lab/maelstrom-router";

    public IEnumerable<BenchmarkResult> Run()
    {
        if (OperatingSystem.IsWindows() || Interpreter.Missing("perl"))
        {
            yield break;
        }

        string folder = Directory.CreateTempSubdirectory("headroom-ring-").FullName;
        string program = Path.Combine(folder, "ring.pl");
        File.WriteAllText(program, Ring);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        double pipe = PipeLinesPerSecond();
        foreach ((string name, long latencyNs) in new[] { ("no-latency", 0L), ("1-ms", 1_000_000L) })
        {
            MaelstromResult result = MaelstromHost.Run(new MaelstromOptions
            {
                Workload = WorkloadKind.Echo,
                Program = program,
                Arguments = [TokensPerNode.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                Seed = 1,
                Nodes = Nodes,
                Latency = new LatencyDistribution(LatencyShape.Constant, latencyNs),
                RatePerSecond = 10,
                DurationNs = (long)(Seconds * 1e9),
            }, TimeProvider.System);
            if (!result.Passed)
            {
                throw new InvalidOperationException(string.Join("; ", result.Faults.Select(f => f.Text).Concat(result.Check.Problems)));
            }

            double rate = result.ServerMessages.Received / result.Seconds;
            yield return new BenchmarkResult($"{Name}-{name}", rate / 1e3, "k messages/s", rate / pipe, "lines a second through one pipe and back");
            yield return new BenchmarkResult($"{Name}-{name}-late-p99", result.Lateness.P99Ms, "ms", result.Lateness.P99Ms / 2, "2 ms");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static double PipeLinesPerSecond()
    {
        using var cat = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        byte[] line = "{\"id\":1234567,\"src\":\"n1\",\"dest\":\"n2\",\"body\":{\"type\":\"token\",\"number\":1}}\n"u8.ToArray();
        Stream input = cat.StandardInput.BaseStream;
        Stream output = cat.StandardOutput.BaseStream;
        var reader = new Thread(() =>
        {
            var buffer = new byte[1 << 16];
            while (output.Read(buffer, 0, buffer.Length) > 0)
            {
                // Only the way counts.
            }
        });
        reader.Start();
        long lines = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1)
        {
            for (int i = 0; i < 1000; i++)
            {
                input.Write(line);
                input.Flush();
            }

            lines += 1000;
        }

        input.Close();
        reader.Join();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cat.WaitForExit();
        return lines / seconds;
    }
}
