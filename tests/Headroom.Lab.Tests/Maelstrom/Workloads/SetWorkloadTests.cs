using System.Text.Json;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Tests.Maelstrom.Workloads;

/// <summary>Histories written by hand, judged by Jepsen's definitions of stable, lost and never read.</summary>
public sealed class SetWorkloadTests
{
    private const long Ms = 1_000_000;
    private readonly SetWorkload _set = new(broadcast: true, nodes: 3);
    private long _index;

    [Fact]
    public void AValueThatEveryLaterReadHoldsIsStableAtOnce()
    {
        Operation add = Invoke("broadcast", 0, 0);
        Finish(add, 5);
        Finish(Invoke("read", 1, 10), 12, 0);
        SetCheck check = _set.Check().Set!;
        check.Stable.ShouldBe(1);
        check.Stale.ShouldBe(0);
        check.StableLatenciesMs.ShouldBe([0]);
        _set.Check().IsValid.ShouldBeTrue();
        _set.MembersThatShowed(0).ShouldBe(1);
    }

    [Fact]
    public void StableLatencyRunsFromTheAcknowledgementToTheInvocationOfTheLastReadThatMissedIt()
    {
        Finish(Invoke("broadcast", 0, 0), 5);
        Finish(Invoke("read", 1, 105), 106);
        Finish(Invoke("read", 2, 305), 306);
        Finish(Invoke("read", 1, 400), 401, 0);
        SetCheck check = _set.Check().Set!;
        check.Stale.ShouldBe(1);
        check.StableLatenciesMs[0].ShouldBe(300.000001, 1e-9);
    }

    [Fact]
    public void AReadThatShowsTheValueBeforeItsAcknowledgementMakesItKnown()
    {
        Operation add = Invoke("broadcast", 0, 0);
        Finish(Invoke("read", 1, 10), 20, 0);
        Finish(Invoke("read", 2, 50), 60);
        Finish(add, 100);
        Finish(Invoke("read", 2, 150), 160, 0);
        _set.Check().Set!.StableLatenciesMs[0].ShouldBe(30.000001, 1e-9);
    }

    [Fact]
    public void AKnownValueThatTheLastReadsMissIsLost()
    {
        Finish(Invoke("broadcast", 0, 0), 5);
        Finish(Invoke("read", 1, 10), 11, 0);
        Finish(Invoke("read", 1, 30), 31);
        WorkloadCheck check = _set.Check();
        check.IsValid.ShouldBeFalse();
        check.Set!.Lost.ShouldBe([1_000_000_000]);
        check.Set.LostLatenciesMs[0].ShouldBe(5.000001, 1e-9);
        check.Problems[0].ShouldContain("1 values were lost");
    }

    [Fact]
    public void AMissDuringTheAddIsNeverReadRatherThanLost()
    {
        Operation read = Invoke("read", 1, 0);
        Operation add = Invoke("broadcast", 0, 1);
        Finish(add, 5);
        Finish(read, 6);
        SetCheck check = _set.Check().Set!;
        check.NeverRead.Count.ShouldBe(1);
        check.Lost.ShouldBeEmpty();
        _set.Check().IsValid.ShouldBeFalse("nothing is known to be stable");
    }

    [Fact]
    public void WhatIsNeverAcknowledgedNorSeenIsNotLost()
    {
        Operation add = Invoke("broadcast", 0, 0);
        Finish(add, 5000, OperationStatus.Indefinite);
        Finish(Invoke("read", 1, 6000), 6001);
        _set.Check().Set!.NeverRead.Count.ShouldBe(1);
    }

    [Fact]
    public void DuplicatesAndStrangersFail()
    {
        Finish(Invoke("broadcast", 0, 0), 5);
        Finish(Invoke("read", 1, 10), 11, 0, 0, 44);
        WorkloadCheck check = _set.Check();
        check.IsValid.ShouldBeFalse();
        check.Set!.Duplicated.ShouldBe([1_000_000_000]);
        check.Set.Unexpected.ShouldBe(1);
        check.Problems[0].ShouldBe("n1 read 1000000044 that nobody had sent");
    }

    [Fact]
    public void QuantilesAreMaelstromsOwn()
    {
        double[] sample = [.. Enumerable.Range(0, 10).Select(i => (double)i)];
        SetCheck.Quantile(sample, 0).ShouldBe(0);
        SetCheck.Quantile(sample, 0.5).ShouldBe(5);
        SetCheck.Quantile(sample, 0.95).ShouldBe(9);
        SetCheck.Quantile(sample, 1).ShouldBe(9);
    }

    [Theory]
    [InlineData("""{"messages":[1000000000,1000000002]}""", "")]
    [InlineData("""{"messages":{}}""", "'messages' is not an array")]
    [InlineData("""{"value":[]}""", "'messages' is not an array")]
    public void AnAnswerWithoutItsListIsTold(string body, string told)
    {
        using var document = JsonDocument.Parse(body);
        object? answer = _set.Decode("read_ok", document.RootElement, out string problem);
        problem.ShouldBe(told);
        (answer is int[] values ? values : null).ShouldBe(told.Length == 0 ? [0, 2] : null);
    }

    private Operation Invoke(string function, int node, long atMs)
    {
        var operation = new Operation { Function = function, IsFinal = false, Value = _set.PayloadCount, Node = node, Index = _index++, InvokedNs = atMs * Ms };
        _set.Invoked(operation);
        return operation;
    }

    private void Finish(Operation operation, long atMs, params int[] values) => Finish(operation, atMs, OperationStatus.Succeeded, values);

    private void Finish(Operation operation, long atMs, OperationStatus status, params int[] values)
    {
        operation.Status = status;
        _set.Completed(operation, values, _index++, atMs * Ms);
    }
}
