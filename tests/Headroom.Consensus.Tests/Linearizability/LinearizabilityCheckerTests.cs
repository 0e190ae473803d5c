using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Linearizability;

public sealed class LinearizabilityCheckerTests
{
    private const int Histories = 4000;

    public static TheoryData<string> Models { get; } = [.. ModelRegistry.All.Select(m => m.Name)];

    /// <summary>Thousands of histories of up to seven operations, judged as the definition says and as the checker says; orders and failing parts are held to their word.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void TheVerdictIsThatOfTryingEveryOrder(string name)
    {
        SequentialModel model = ModelRegistry.All.Single(m => m.Name == name);
        LinearizabilityChecker checker = model.Checker();
        Seed seed = new Seed(4).Named(name);
        int linearizable = 0;
        int pending = 0;
        for (int trial = 0; trial < Histories; trial++)
        {
            History history = RandomHistory.Draw(model, 3 + (trial % 5), seed.At(trial));
            bool expected = EveryOrder.Exists(history.Operations, history.Sequences);

            LinearizabilityResult result = checker.Check(history);

            result.Verdict.ShouldBe(expected ? LinearizabilityVerdict.Linearizable : LinearizabilityVerdict.NotLinearizable, $"{name}, trial {trial}");
            linearizable += expected ? 1 : 0;
            pending += history.Operations.ToArray().Any(o => o.IsPending) ? 1 : 0;
            if (expected)
            {
                EveryOrder.Holds(history.Operations, result.Witness, history.Sequences).ShouldBeTrue($"{name}, trial {trial}: the order {string.Join(' ', result.Witness)}");
            }
            else
            {
                HoldFailure(history, result, $"{name}, trial {trial}");
            }
        }

        linearizable.ShouldBeInRange(Histories / 4, Histories * 17 / 20);
        pending.ShouldBeGreaterThan(Histories / 10);
    }

    private static void HoldFailure(History history, LinearizabilityResult result, string which)
    {
        FailingPart failure = result.Failure.ShouldNotBeNull(which);
        result.FailingKeys.ShouldContain(failure.Key);
        Operation[] part = [.. failure.Operations.Select(i => history.Operations[i])];
        EveryOrder.Exists(part, history.Sequences).ShouldBeFalse(which);
        failure.IsMinimal.ShouldBeTrue(which);
        failure.Smallest.ShouldNotBeEmpty(which);

        // The smallest part fails from every state that orders reach, although all else that changes the object may happen at any moment.
        long from = failure.Since ?? long.MinValue;
        long end = history.Operations[failure.Blocked].Return;
        var weakened = new List<Operation>();
        foreach (int i in failure.Operations)
        {
            Operation operation = history.Operations[i];
            if (failure.Smallest.Contains(i))
            {
                // What was open at the beginning may have taken effect before it.
                weakened.Add(operation.Call >= from ? operation : operation with { Return = Operation.Never });
            }
            else if (operation.Call <= end && operation.Return >= from && !Observes(operation))
            {
                weakened.Add(operation with { Call = long.MinValue, Return = Operation.Never });
            }
        }

        string[] states = failure.Since is not null ? [.. EveryOrder.Reached(part, history.Sequences)] : ["nil"];
        foreach (string state in states)
        {
            EveryOrder.ExistsFrom(state, weakened, history.Sequences).ShouldBeFalse($"{which} from {state}");
        }

        // The longest prefix is a legal order; only the blocked operation and what returned later is missing from it.
        int[] places = [.. failure.LongestPrefix.Select(i => failure.Operations.ToList().IndexOf(i))];
        failure.LongestPrefix.ShouldNotContain(failure.Blocked);
        EveryOrder.Holds([.. part.Select((o, i) => o.Return < end || places.Contains(i) ? o : o with { Return = Operation.Never })], places, history.Sequences).ShouldBeTrue(which);
    }

    private static bool Observes(Operation operation) => operation.Kind is OperationKind.Read or OperationKind.Contains or OperationKind.Members
        || (!operation.IsPending && (operation.Output == Value.False || (operation.Kind == OperationKind.Dequeue && operation.Output == Value.None)));

    [Fact]
    public void AStaleReadFailsWithTheWriteThatItMissed()
    {
        var builder = new HistoryBuilder();
        long at = 0;
        void Do(int client, OperationKind kind, long value)
        {
            bool isWrite = kind == OperationKind.Write;
            int operation = builder.Call(client, 0, kind, at++, isWrite ? value : Value.None);
            builder.Return(operation, at++, isWrite ? Value.None : value);
        }

        for (int i = 0; i < 50; i++)
        {
            Do(i % 3, OperationKind.Write, i % 5);
            Do(3, OperationKind.Read, i % 5);
        }

        Do(0, OperationKind.Write, 7);
        Do(1, OperationKind.Read, 3);
        Do(2, OperationKind.Read, 7);

        LinearizabilityResult result = ModelRegistry.Register.Checker().Check(builder.Build());

        result.Verdict.ShouldBe(LinearizabilityVerdict.NotLinearizable);
        result.Failure!.Smallest.ShouldBe([100, 101]);
        result.Failure.Blocked.ShouldBe(101);
        result.Failure.Since.ShouldBe(200);
        result.Failure.LongestPrefix.ShouldBe(Enumerable.Range(0, 101));
    }

    [Fact]
    public void ATimedOutWriteMayTakeEffectMuchLaterOrNever()
    {
        var builder = new HistoryBuilder();
        builder.Call(0, 0, OperationKind.Write, 0, 1);
        builder.Return(builder.Call(1, 0, OperationKind.Write, 1, 2), 2);
        builder.Return(builder.Call(1, 0, OperationKind.Read, 3), 4, 2);
        builder.Return(builder.Call(1, 0, OperationKind.Read, 5), 6, 1);
        LinearizabilityResult late = ModelRegistry.Register.Checker().Check(builder.Build());
        late.Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
        late.Witness.ShouldBe([1, 2, 0, 3]);

        builder.Return(builder.Call(1, 0, OperationKind.Read, 7), 8, 2);
        ModelRegistry.Register.Checker().Check(builder.Build()).Verdict.ShouldBe(LinearizabilityVerdict.NotLinearizable);
    }

    [Fact]
    public void OfTwoEqualTimedOutWritesOneMayTakeEffectEarlyAndTheOtherLate()
    {
        var builder = new HistoryBuilder();
        void Read(long at, long value) => builder.Return(builder.Call(2, 0, OperationKind.Read, at), at + 1, value);
        builder.Call(0, 0, OperationKind.Write, 0, 1);
        Read(10, 1);
        builder.Return(builder.Call(2, 0, OperationKind.Write, 20, 2), 21);
        builder.Call(1, 0, OperationKind.Write, 30, 1);
        Read(40, 2);
        Read(50, 1);
        ModelRegistry.Register.Checker().Check(builder.Build()).Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);

        builder.Return(builder.Call(2, 0, OperationKind.Write, 60, 2), 61);
        Read(70, 1);
        ModelRegistry.Register.Checker().Check(builder.Build()).Verdict.ShouldBe(LinearizabilityVerdict.NotLinearizable);
    }

    [Fact]
    public void APartThatTakesLongDoesNotHideOneThatFails()
    {
        // Key 0 exhausts any small budget; key 1 fails at once.
        var builder = new HistoryBuilder();
        foreach (Operation o in RandomHistories.Concurrent(clients: 40, rounds: 2, new Seed(1)).Operations)
        {
            builder.Return(builder.Call(o.Client, 0, o.Kind, o.Call, o.Input), o.Return, o.Output);
        }

        builder.Return(builder.Call(99, 1, OperationKind.Dequeue, 0), 1, 5);
        LinearizabilityResult result = ModelRegistry.Queue.Checker(new LinearizabilityOptions { StepsMax = 200_000 }).Check(builder.Build());
        result.Verdict.ShouldBe(LinearizabilityVerdict.NotLinearizable);
        (result.FailingKeys.Single(), result.UndecidedKeys.Single()).ShouldBe((1, 0));
        result.Failure!.Smallest.ShouldHaveSingleItem();
    }

    [Fact]
    public void ABudgetThatIsSpentIsAnAnswer()
    {
        History history = RandomHistories.Concurrent(clients: 40, rounds: 2, new Seed(1));
        var options = new LinearizabilityOptions { StepsMax = 20_000 };
        LinearizabilityResult result = ModelRegistry.Queue.Checker(options).Check(history);
        result.Verdict.ShouldBe(LinearizabilityVerdict.Undecided);
        result.UndecidedKeys.ShouldBe([0]);
        result.Steps.ShouldBeInRange(20_000, 20_100);

        LinearizabilityResult small = ModelRegistry.Queue.Checker(new LinearizabilityOptions { MemoryBytesMax = 1_000_000 }).Check(history);
        small.Verdict.ShouldBe(LinearizabilityVerdict.Undecided);
    }

    [Fact]
    public void ACheckCanBeCancelled() => Should.Throw<OperationCanceledException>(() =>
        ModelRegistry.Queue.Checker().Check(RandomHistories.Concurrent(clients: 40, rounds: 2, new Seed(1)), new CancellationToken(canceled: true)));

    [Fact]
    public void AnOperationThatTheModelDoesNotTakeIsRefused()
    {
        var builder = new HistoryBuilder();
        builder.Call(0, 0, OperationKind.Enqueue, 0, 1);
        Should.Throw<ArgumentException>(() => ModelRegistry.Register.Checker().Check(builder.Build())).Message.ShouldContain("Enqueue");
    }

    [Fact]
    public void AnEmptyHistoryIsLinearizable() =>
        ModelRegistry.KeyValue.Checker().Check(new HistoryBuilder().Build()).Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
}
