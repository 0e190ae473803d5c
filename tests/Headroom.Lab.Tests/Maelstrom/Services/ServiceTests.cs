using System.Text.Json;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Services;

namespace Headroom.Lab.Tests.Maelstrom.Services;

/// <summary>Requests and answers of Maelstrom's services, with its error codes.</summary>
public sealed class ServiceTests
{
    [Fact]
    public void TheLinearizableStoreReadsWritesAndCompares()
    {
        var store = new LinearizableStore();
        Ask(store, """{"type":"read","key":1}""").ShouldBe("error 20");
        Ask(store, """{"type":"cas","key":1,"from":0,"to":5}""").ShouldBe("error 20");
        Ask(store, """{"type":"cas","key":1,"from":0,"to":5,"create_if_not_exists":true}""").ShouldBe("cas_ok");
        Ask(store, """{"type":"read","key":1}""").ShouldBe("read_ok 5");
        Ask(store, """{"type":"cas","key":1,"from":4,"to":6}""").ShouldBe("error 22");
        Ask(store, """{"type":"write","key":"1","value":{"a":[1, 2]}}""").ShouldBe("write_ok");
        Ask(store, """{"type":"cas","key":"1","from":{"a":[1,2]},"to":null}""").ShouldBe("cas_ok");
        Ask(store, """{"type":"read","key":"1"}""").ShouldBe("read_ok null");
        Ask(store, """{"type":"read","key":1}""").ShouldBe("read_ok 5");
        Ask(store, """{"type":"delete","key":1}""").ShouldBe("error 10");
        Ask(store, """{"type":"write","key":1}""").ShouldBe("error 12");
        Ask(store, """{"type":"read"}""").ShouldBe("error 12");
        Ask(store, """{}""").ShouldBe("error 10");
    }

    [Fact]
    public void AStoreThatIsFullSaysSo()
    {
        var store = new LinearizableStore();
        string value = new('x', 1 << 20);
        int stored = 0;
        while (stored < 100 && Ask(store, $$"""{"type":"write","key":{{stored}},"value":"{{value}}"}""") == "write_ok")
        {
            stored++;
        }

        stored.ShouldBe(63);
        Ask(store, """{"type":"write","key":0,"value":1}""").ShouldBe("write_ok");
        Ask(store, $$"""{"type":"write","key":99,"value":"{{value}}"}""").ShouldBe("write_ok");
    }

    [Fact]
    public void TheSequentialStoreMayBeStaleButNeverGoesBackForAClient()
    {
        var store = new SequentialStore(new Seed(5));
        Dictionary<string, int> seen = new() { ["n1"] = -1, ["n2"] = -1 };
        bool stale = false;
        for (int i = 0; i < 200; i++)
        {
            Ask(store, $$"""{"type":"write","key":"k","value":{{i}}}""", "writer").ShouldBe("write_ok");
            string reader = i % 2 == 0 ? "n1" : "n2";
            string answer = Ask(store, """{"type":"read","key":"k"}""", reader);
            int value = answer == "error 20" ? -1 : int.Parse(answer.Split(' ')[1]);
            value.ShouldBeGreaterThanOrEqualTo(seen[reader]);
            stale |= value < i;
            seen[reader] = value;
        }

        stale.ShouldBeTrue("a store that is never stale is not merely sequential");
        Ask(store, """{"type":"read","key":"k"}""", "writer").ShouldBe("read_ok 199");
    }

    [Fact]
    public void TheLastWriterWinsInTheEnd()
    {
        var store = new LastWriteWinsStore(new Seed(5));
        Ask(store, """{"type":"write","key":"k","value":1}""").ShouldBe("write_ok");
        bool missed = false;
        for (int i = 0; i < 100; i++)
        {
            missed |= Ask(store, """{"type":"read","key":"k"}""") == "error 20";
        }

        missed.ShouldBeTrue("one of two replicas has not heard of it at first");
        Enumerable.Range(0, 20).ShouldAllBe(_ => Ask(store, """{"type":"read","key":"k"}""", "c") == "read_ok 1");
    }

    [Fact]
    public void TimestampsCountUp()
    {
        var oracle = new TimestampOracle();
        Ask(oracle, """{"type":"ts"}""").ShouldBe("ts_ok 0");
        Ask(oracle, """{"type":"ts"}""").ShouldBe("ts_ok 1");
        Ask(oracle, """{"type":"time"}""").ShouldBe("error 10");
    }

    private static string Ask(IService service, string request, string client = "n0")
    {
        using var asked = JsonDocument.Parse(request);
        using var answered = JsonDocument.Parse(service.Handle(client, asked.RootElement).ToBody(9));
        JsonElement body = answered.RootElement;
        body.GetProperty("in_reply_to").GetInt32().ShouldBe(9);
        string type = body.GetProperty("type").GetString()!;
        return type == "error" ? $"error {body.GetProperty("code").GetInt32()}"
            : body.TryGetProperty("value", out JsonElement value) || body.TryGetProperty("ts", out value) ? $"{type} {value.GetRawText()}"
            : type;
    }
}
