using System.Text.Json;
using Headroom.Lab.Maelstrom.Services;

namespace Headroom.Lab.Tests.Maelstrom.Services;

/// <summary>Two copies of a store that are merged: the later writing stands, by Lamport's clock.</summary>
public sealed class KeyValueStateTests
{
    [Fact]
    public void OfTwoWritingsTheLaterStandsWhicheverIsMergedIntoWhich()
    {
        KeyValueState early = Written(KeyValueState.Empty, 1);
        KeyValueState late = Written(KeyValueState.Empty.Merge(early), 2);
        Read(early.Merge(late)).ShouldBe(2);
        Read(late.Merge(early)).ShouldBe(2);
    }

    [Fact]
    public void OfTwoAtTheSameTimeOursStands()
    {
        KeyValueState one = Written(KeyValueState.Empty, 1);
        KeyValueState other = Written(KeyValueState.Empty, 2);
        Read(one.Merge(other)).ShouldBe(1);
        Read(other.Merge(one)).ShouldBe(2);
    }

    [Fact]
    public void WhatIsWrittenAfterAMergeIsLaterThanAllThatWasMerged()
    {
        KeyValueState busy = Written(Written(Written(KeyValueState.Empty, 1), 2), 3);
        KeyValueState after = Written(KeyValueState.Empty.Merge(busy), 4);
        Read(busy.Merge(after)).ShouldBe(4);
    }

    [Theory]
    [InlineData("true", "cas_ok")]
    [InlineData("false", "error")]
    [InlineData("null", "error")]
    [InlineData("1", "error")]
    [InlineData("\"true\"", "error")]
    public void OnlyTrueCreatesWhatDoesNotExist(string create, string type) =>
        Handle(KeyValueState.Empty, $$"""{"type":"cas","key":"k","from":0,"to":5,"create_if_not_exists":{{create}}}""").Reply.Type.ShouldBe(type);

    private static KeyValueState Written(KeyValueState state, int value) => Handle(state, $$"""{"type":"write","key":"k","value":{{value}}}""").Next;

    private static int Read(KeyValueState state) => Handle(state, """{"type":"read","key":"k"}""").Reply.Value!.Value.GetInt32();

    private static (KeyValueState Next, ServiceReply Reply) Handle(KeyValueState state, string request)
    {
        using var document = JsonDocument.Parse(request);
        (KeyValueState next, ServiceReply reply) = state.Handle(document.RootElement);
        return (next, reply);
    }
}
