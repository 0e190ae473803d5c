using Headroom.Kernel.Randomness;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>One process of any type with its timers, stepped by the node.</summary>
internal abstract class Member
{
    private const long Never = long.MaxValue;

    private readonly long[] _timersNs;

    protected Member(int timers)
    {
        _timersNs = new long[timers];
        Array.Fill(_timersNs, Never);
    }

    /// <summary>When the next timer fires; <see cref="long.MaxValue"/> when none is set.</summary>
    public long NextTimerNs
    {
        get
        {
            long next = Never;
            foreach (long at in _timersNs)
            {
                next = Math.Min(next, at);
            }

            return next;
        }
    }

    /// <summary>Takes a timer that is due; -1 when none is.</summary>
    public int TakeTimer(long nowNs)
    {
        for (int timer = 0; timer < _timersNs.Length; timer++)
        {
            if (_timersNs[timer] <= nowNs)
            {
                _timersNs[timer] = Never;
                return timer;
            }
        }

        return -1;
    }

    public void SetTimer(int timer, long atNs) => _timersNs[timer] = atNs;

    public void CancelTimer(int timer) => _timersNs[timer] = Never;

    public abstract void Step(in ProcessInput input, long nowNs, ref MemberOutput output);

    /// <summary>Makes the member of one number out of a family.</summary>
    public sealed class Host(int self, Seed seed) : IProcessHost<Member>
    {
        public Member Run<TProcess>(Func<int, TProcess> create)
            where TProcess : struct, IProcess
        {
            ArgumentNullException.ThrowIfNull(create);
            return new Of<TProcess>(create(self), self, seed);
        }
    }

    private sealed class Of<TProcess>(TProcess process, int self, Seed seed) : Member(TProcess.TimerCount)
        where TProcess : struct, IProcess
    {
        private readonly StepRunner _runner = new();
        private TProcess _process = process;
        private RandomStream _random = seed.Stream();

        public override void Step(in ProcessInput input, long nowNs, ref MemberOutput output) =>
            _runner.Step(ref _process, self, input, new ClockReading(nowNs, 0), ref _random, ref output);
    }
}
