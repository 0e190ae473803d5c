using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Tests.Histories;

public sealed class HistoryTests
{
    [Fact]
    public void AnUnansweredOperationIsPendingAndAFailedOneIsGone()
    {
        var builder = new HistoryBuilder();
        int first = builder.Call(client: 0, key: 0, OperationKind.Write, at: 1, input: 5);
        builder.Call(client: 1, key: 0, OperationKind.Read, at: 2);
        int third = builder.Call(client: 2, key: 0, OperationKind.Write, at: 3, input: 6);
        builder.Return(first, at: 4);
        builder.Fail(third);
        builder.Fail(third);

        History history = builder.Build();

        history.Operations.Length.ShouldBe(2);
        history.FailedCount.ShouldBe(1);
        history.Operations[0].ShouldBe(new Operation(0, 0, OperationKind.Write, 1, 4, 5, Value.None, Value.None));
        history.Operations[1].IsPending.ShouldBeTrue();
    }

    [Fact]
    public void OperationsStandInTheOrderOfTheirCallsAndKeepTheirLines()
    {
        var builder = new HistoryBuilder { Clock = HistoryClock.Events };
        builder.Call(0, builder.Key("b"), OperationKind.Read, at: 9, line: 7);
        builder.Call(1, builder.Key("a"), OperationKind.Read, at: 3, line: 8);
        builder.Call(2, builder.Key("b"), OperationKind.Read, at: 3, line: 9);

        History history = builder.Build();

        history.Operations.ToArray().Select(o => o.Client).ShouldBe([1, 2, 0]);
        history.Lines.ShouldBe([8, 9, 7]);
        history.KeyName(history.Operations[0].Key).ShouldBe("a");
    }

    [Fact]
    public void AnAnswerNeverComesBeforeItsCall()
    {
        var builder = new HistoryBuilder();
        int operation = builder.Call(0, 0, OperationKind.Read, at: 5);
        Should.Throw<ArgumentOutOfRangeException>(() => builder.Return(operation, at: 4));
        Should.Throw<ArgumentOutOfRangeException>(() => builder.Return(operation + 1, at: 6));
        Should.Throw<ArgumentException>(() => builder.Call(0, 0, OperationKind.Append, at: 5));
    }

    [Fact]
    public void EqualSequencesHaveEqualNamesHoweverTheyAreMade()
    {
        var table = new SequenceTable();
        int whole = table.OfText("x 1 2 y");
        table.Concatenate(table.OfText("x 1"), table.OfText(" 2 y")).ShouldBe(whole);
        table.OfText("x 1 2 z").ShouldNotBe(whole);
        table.Text(whole).ShouldBe("x 1 2 y");
        table.OfText("").ShouldBe(SequenceTable.Empty);
    }

    [Fact]
    public void SequencesOfOneHashAreToldApart()
    {
        // The hash takes numbers modulo 2^61 - 2.
        const long Turn = (1L << 61) - 2;
        var table = new SequenceTable();
        int five = table.Of([5]);
        int alike = table.Of([5 + Turn]);
        alike.ShouldNotBe(five);
        table.Of([5]).ShouldBe(five);
        table.Of([5 + Turn]).ShouldBe(alike);
        int joined = table.Concatenate(table.Of([4]), five);
        int alikeJoined = table.Concatenate(table.Of([4]), alike);
        alikeJoined.ShouldNotBe(joined);
        table.Of([4, 5]).ShouldBe(joined);
        table.Of([4 + Turn, 5]).ShouldNotBe(joined);
        SequenceTable branch = table.Branch();
        branch.Of([4, 5 + Turn]).ShouldBe(alikeJoined);
        branch.Append(branch.Of([4]), 5).ShouldBe(joined);
        branch.Of([5 + Turn + Turn]).ShouldBe(table.Count);
    }

    [Fact]
    public void ABranchKnowsItsOriginsNamesAndLeavesItAsItWas()
    {
        var table = new SequenceTable();
        int ab = table.OfText("ab");
        int count = table.Count;
        SequenceTable branch = table.Branch();
        int abc = branch.Append(ab, 'c');
        branch.OfText("abc").ShouldBe(abc);
        branch.OfText("ab").ShouldBe(ab);
        branch.Text(abc).ShouldBe("abc");
        table.Count.ShouldBe(count);
        SequenceTable other = table.Branch();
        other.Text(other.OfText("abd")).ShouldBe("abd");
    }
}
