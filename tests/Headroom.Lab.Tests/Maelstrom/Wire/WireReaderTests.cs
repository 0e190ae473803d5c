using System.Text;
using Headroom.Lab.Maelstrom.Wire;

namespace Headroom.Lab.Tests.Maelstrom.Wire;

public sealed class WireReaderTests
{
    private readonly WireReader _reader = new(5);

    [Fact]
    public void AMessageIsReadWithItsBodyAsItWasWritten()
    {
        const string body = """{ "type": "broadcast_ok", "in_reply_to": 7 , "note": [1,{"x":"é"}] }""";
        _reader.TryRead(Encoding.UTF8.GetBytes($$"""{"id":3,"src":"n1","body":{{body}},"dest":"c4"}"""), 0, out WireMessage? message, out string problem).ShouldBeTrue();
        problem.ShouldBeEmpty();
        message!.From.ShouldBe(new Address(AddressKind.Node, 1));
        message.To.ShouldBe(new Address(AddressKind.Client, 4));
        message.Type.ShouldBe("broadcast_ok");
        message.InReplyTo.ShouldBe(7);
        message.MessageId.ShouldBeNull();
        Encoding.UTF8.GetString(message.Body.Span).ShouldBe(body);
    }

    [Theory]
    [InlineData("hello", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("[1,2]", "is no JSON object")]
    [InlineData("{\"src\":\"n1\",\"dest\":\"n2\"}", "has no body")]
    [InlineData("{\"src\":\"n1\",\"body\":{}}", "has no dest")]
    [InlineData("{\"src\":1,\"dest\":\"n2\",\"body\":{}}", "has no src")]
    [InlineData("{\"src\":\"n1\",\"dest\":\"n2\",\"body\":{}} {}", "is not JSON")]
    [InlineData("{\"src\":\"n1\",\"dest\":\"n2\",\"body\":{\"type\":\"x\"", "is not JSON")]
    [InlineData("{\"src\":\"n1\",\"dest\":\"n2\",\"body\":\"text\"}", "has no body")]
    [InlineData("\u0000\u0001", "is not JSON")]
    public void WhatIsNoMessageIsToldWithItsReason(string line, string reason)
    {
        _reader.TryRead(Encoding.UTF8.GetBytes(line), 0, out _, out string problem).ShouldBeFalse();
        problem.ShouldContain(reason);
    }

    [Theory]
    [InlineData("n5")]
    [InlineData("n05")]
    [InlineData("n-1")]
    [InlineData("lin-kw")]
    [InlineData("n99999999999999999999")]
    [InlineData("")]
    public void ADestinationThatDoesNotExistIsTold(string destination)
    {
        _reader.TryRead(Encoding.UTF8.GetBytes($$$"""{"src":"n1","dest":"{{{destination}}}","body":{}}"""), 0, out _, out string problem).ShouldBeTrue();
        problem.ShouldContain("does not exist");
    }

    [Fact]
    public void RandomBytesAndCutMessagesNeverThrow()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"src":"n1","dest":"n2","body":{"type":"gossip","values":[1000000000,"1000000001",{"1000000002":[]}],"msg_id":1.5}}""");
        Kernel.Randomness.RandomStream random = new Kernel.Randomness.Seed(3).Stream();
        for (int i = 0; i < 4000; i++)
        {
            byte[] line = whole[..random.Below(whole.Length + 1)];
            for (int j = 0; j < 3 && line.Length > 0; j++)
            {
                line[random.Below(line.Length)] = (byte)random.Below(256);
            }

            _reader.TryRead(line, 3, out _, out _);
        }

        string deep = """{"src":"n1","dest":"n2","body":""" + string.Concat(Enumerable.Repeat("""{"a":""", 5000));
        _reader.TryRead(Encoding.UTF8.GetBytes(deep), 0, out _, out string problem).ShouldBeFalse();
        problem.ShouldContain("depth");
    }

    [Fact]
    public void PayloadsAreFoundAsNumbersStringsAndKeysOnceForEachTime()
    {
        byte[] line = Encoding.UTF8.GetBytes("""{"src":"n1","dest":"n2","body":{"values":[1000000000,"1000000001",{"1000000002":[1000000000]}],"msg_id":1000000003,"later":1000000004,"t":17e8}}""");
        _reader.TryRead(line, 4, out WireMessage? message, out _).ShouldBeTrue();
        message!.Payloads.ShouldBe([0, 1, 2, 0]);
        _reader.PayloadsOf("""{"value":[1000000003,7]}"""u8, 4).ShouldBe([3]);
    }
}
