using System.Text;
using System.Text.Json;
using Headroom.Dissemination.Broadcasts;
using Headroom.Dissemination.Protocols;
using Headroom.Lab.Maelstrom.Nodes;

namespace Headroom.Lab.Tests.Maelstrom.Nodes;

/// <summary>The node program fed with lines, its answers read as lines.</summary>
public sealed class BroadcastNodeTests
{
    private const string Init = """{"src":"c0","dest":"n1","body":{"type":"init","msg_id":1,"node_id":"n1","node_ids":["n0","n1","n2","n3"]}}""";
    private const string Line = """{"src":"c0","dest":"n1","body":{"type":"topology","msg_id":2,"topology":{"n0":["n1"],"n1":["n0","n2"],"n2":["n1","n3"],"n3":["n2"]}}}""";
    private const string Total = """{"src":"c0","dest":"n1","body":{"type":"topology","msg_id":2,"topology":{"n0":["n1","n2","n3"],"n1":["n0","n2","n3"],"n2":["n0","n1","n3"],"n3":["n0","n1","n2"]}}}""";
    private const string Broadcast = """{"src":"c1","dest":"n1","body":{"type":"broadcast","msg_id":5,"message":{"price": 7}}}""";
    private const string Read = """{"src":"c1","dest":"n1","body":{"type":"read","msg_id":6}}""";

    [Fact]
    public void FloodingSendsToTheOfferedNeighboursAndReadsWhatWasDelivered()
    {
        JsonElement[] lines = Run(new FloodingStrategy(), Init, Line, Broadcast, Read);
        lines.Select(To).ShouldBe(["c0 init_ok", "c0 topology_ok", "c1 broadcast_ok", "n0 headroom", "n2 headroom", "c1 read_ok"]);
        Body(lines[0]).GetProperty("in_reply_to").GetInt32().ShouldBe(1);
        Body(lines[3]).GetProperty("payload").GetRawText().ShouldBe("{\"price\": 7}");
        Body(lines[5]).GetProperty("messages").GetRawText().ShouldBe("[{\"price\": 7}]");
    }

    [Fact]
    public void WhatAPeerFloodsGoesOnToTheOthersOnceAndIsDeliveredOnce()
    {
        JsonElement sent = Body(Run(new FloodingStrategy(), Init, Line, Broadcast)[3]);
        string again = $$"""{"src":"n0","dest":"n1","body":{{sent.GetRawText()}}}""";
        JsonElement[] lines = Run(new FloodingStrategy(), Init, Line, again, again.Replace("n0", "n2", StringComparison.Ordinal), Read);
        lines.Select(To).ShouldBe(["c0 init_ok", "c0 topology_ok", "n2 headroom", "c1 read_ok"]);
        Body(lines[^1]).GetProperty("messages").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void ATreeIsRootedAtEachOriginAndItsMessagesNameIt()
    {
        JsonElement[] lines = Run(new TreeStrategy(2), Init, Total, Broadcast);
        JsonElement[] sent = [.. lines.Where(line => To(line).EndsWith(" headroom", StringComparison.Ordinal))];
        sent.Length.ShouldBe(2);
        sent.ShouldAllBe(line => Body(line).GetProperty("origin").GetInt32() == 1);
    }

    [Theory]
    [InlineData("fifo+tree(2)")]
    [InlineData("batch(5 ms)+tree(2)")]
    public void WhatWrapsARootedProtocolIsRootedToo(string protocol)
    {
        BroadcastRegistry.TryParse(protocol, out BroadcastStrategy? strategy, out string? problem).ShouldBeTrue(problem);
        using var input = new SlowInput(string.Join('\n', Init, Total, Broadcast) + "\n", TimeSpan.FromMilliseconds(200));
        JsonElement[] sent = [.. Run(strategy!, input, out _).Where(line => To(line).EndsWith(" headroom", StringComparison.Ordinal))];
        sent.Length.ShouldBe(2);
        sent.ShouldAllBe(line => Body(line).GetProperty("origin").GetInt32() == 1);
    }

    [Fact]
    public void CausalOrderOverARootedProtocolIsRefused()
    {
        BroadcastRegistry.TryParse("causal+tree(2)", out BroadcastStrategy? strategy, out _).ShouldBeTrue();
        new BroadcastNodeOptions { Strategy = strategy!, Seed = 1 }.Problem()!.ShouldContain("once for each origin");
    }

    [Fact]
    public void AProtocolThatDoesNotFitTheTopologySaysSo()
    {
        JsonElement answer = Body(Run(new TreeStrategy(2), Init, Line)[1]);
        answer.GetProperty("type").GetString().ShouldBe("error");
        answer.GetProperty("code").GetInt32().ShouldBe(10);
        answer.GetProperty("text").GetString()!.ShouldContain("'earliest-tree' follows its links");
    }

    [Theory]
    [InlineData("flooding")]
    [InlineData("tree(2)")]
    [InlineData("tree(900)")] // wider than any rehearsal: it says so to nobody
    [InlineData("push-pull")]
    [InlineData("mesh")]
    [InlineData("hierarchical")]
    public void ARehearsalLeavesNothingBehindAndFailsWithNoProtocol(string protocol)
    {
        BroadcastRegistry.TryParse(protocol, out BroadcastStrategy? strategy, out _).ShouldBeTrue();
        BroadcastNode.Rehearse(new BroadcastNodeOptions { Strategy = strategy!, Seed = 1 }, TimeProvider.System);
    }

    [Fact]
    public void TimersFireWhileTheInputIsSilent()
    {
        // Push three times, 5 ms apart, to both neighbours: six messages for one request.
        using var input = new SlowInput(string.Join('\n', Init, Line, Broadcast) + "\n", TimeSpan.FromMilliseconds(400));
        JsonElement[] lines = Run(new PushStrategy(2, 3), input, out _, latencyNs: 5_000_000);
        lines.Count(line => To(line).EndsWith(" headroom", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public void RubbishIsToldAndPassedOver()
    {
        string[] rubbish =
        [
            "hello", "", "[]", "{}", """{"src":"n0"}""", """{"src":"n0","body":{}}""", """{"src":"n0","body":{"type":7}}""", """{"src":"n0","body":{"type":"headroom"}}""",
            """{"src":"n0","body":{"type":"headroom","head":"!","payload":1}}""", """{"src":"n7","body":{"type":"headroom","head":"AQ=="}}""",
            """{"src":"n0","body":{"type":"headroom","head":"AQ==","origin":9}}""", """{"src":"c0","body":{"type":"topology","msg_id":3,"topology":{"n9":["n1"]}}}""",
        ];
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', [Init, Line, .. rubbish, """{"src":"c2","body":{"type":"dance","msg_id":9}}""", Broadcast, Read]) + "\n"));
        JsonElement[] lines = Run(new FloodingStrategy(), input, out string errors);
        lines.Select(To).ShouldBe(["c0 init_ok", "c0 topology_ok", "c2 error", "c1 broadcast_ok", "n0 headroom", "n2 headroom", "c1 read_ok"]);
        errors.ShouldContain("not understood");
        errors.Split('\n').Length.ShouldBeGreaterThan(8);
    }

    private static string To(JsonElement line) => $"{line.GetProperty("dest").GetString()} {Body(line).GetProperty("type").GetString()}";

    private static JsonElement Body(JsonElement line) => line.GetProperty("body");

    private static JsonElement[] Run(BroadcastStrategy strategy, params string[] lines)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return Run(strategy, input, out _);
    }

    private static JsonElement[] Run(BroadcastStrategy strategy, Stream input, out string errors, long latencyNs = 10_000_000)
    {
        using var output = new MemoryStream();
        using var told = new StringWriter();
        BroadcastNode.Run(new BroadcastNodeOptions { Strategy = strategy, Seed = 1, LatencyNs = latencyNs }, input, output, told, TimeProvider.System);
        errors = told.ToString();
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    /// <summary>Ends only after a while, as a pipe that nobody writes to.</summary>
    private sealed class SlowInput(string text, TimeSpan silence) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            if (read == 0)
            {
                Thread.Sleep(silence);
            }

            return read;
        }
    }
}
