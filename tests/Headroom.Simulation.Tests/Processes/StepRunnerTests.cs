using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Simulation.Tests.Processes;

public class StepRunnerTests
{
    [Fact]
    public void OutputsReachTheSinkInOrder()
    {
        var runner = new StepRunner();
        var process = new Talker();
        RandomStream random = new Seed(1).Stream();
        var sink = new Log();
        runner.Step(ref process, 3, new ProcessInput { Kind = InputKind.Message, Peer = 5, Head = [7], Body = 9 }, new ClockReading(100, 0), ref random, ref sink);
        runner.Step(ref process, 3, new ProcessInput { Kind = InputKind.Timer, Number = 1 }, new ClockReading(200, 0), ref random, ref sink);
        sink.Lines.ShouldBe(["send 5 [7] 9", "send 6 [7] 9 urgent", "timer 1 in 100", "persist [1,2]", "deliver 9", "reply 4 [8] 0", "cancel 1"]);
        process.Steps.ShouldBe(2);
    }

    [Fact]
    public void AfterAProcessThatThrowsTheNextStepStartsEmpty()
    {
        var runner = new StepRunner();
        var process = new Talker();
        RandomStream random = new Seed(1).Stream();
        var sink = new Log();
        Should.Throw<InvalidOperationException>(() =>
            runner.Step(ref process, 3, new ProcessInput { Kind = InputKind.Request }, new ClockReading(100, 0), ref random, ref sink));
        runner.Step(ref process, 3, new ProcessInput { Kind = InputKind.Timer, Number = 1 }, new ClockReading(200, 0), ref random, ref sink);
        sink.Lines.ShouldBe(["cancel 1"]);
    }

    private struct Talker : IProcess
    {
        public static int TimerCount => 2;

        public int Steps { get; private set; }

        public void On(in ProcessInput input, ref Turn turn)
        {
            Steps++;
            switch (input.Kind)
            {
                case InputKind.Message:
                    int message = turn.Compose(input.Head, input.Body);
                    turn.Send(input.Peer, message);
                    turn.Send(input.Peer + 1, message, urgent: true);
                    turn.SetTimer(1, turn.Clock.LocalNs);
                    turn.Persist([1, 2]);
                    turn.Deliver(input.Body);
                    turn.Reply(4, [8]);
                    break;
                case InputKind.Timer:
                    turn.CancelTimer(1);
                    break;
                default:
                    turn.Send(1, [1]);
                    throw new InvalidOperationException("a defect");
            }
        }
    }

    private sealed class Log : IOutputSink
    {
        public List<string> Lines { get; } = [];

        public void Send(int peer, ReadOnlySpan<byte> head, int body, bool isUrgent) => Lines.Add($"send {peer} {Text(head)} {body}{(isUrgent ? " urgent" : "")}");

        public void SetTimer(int timer, long delayNs) => Lines.Add($"timer {timer} in {delayNs}");

        public void CancelTimer(int timer) => Lines.Add($"cancel {timer}");

        public void Persist(ReadOnlySpan<byte> record) => Lines.Add($"persist {Text(record)}");

        public void Deliver(int body) => Lines.Add($"deliver {body}");

        public void Reply(long request, ReadOnlySpan<byte> head, int body) => Lines.Add($"reply {request} {Text(head)} {body}");

        private static string Text(ReadOnlySpan<byte> bytes) => $"[{string.Join(',', bytes.ToArray())}]";
    }
}
