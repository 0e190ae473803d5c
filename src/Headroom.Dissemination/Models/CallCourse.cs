using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Gossip by random calls in the mean field [karp2000], in steps of which a message takes <c>latency</c> and a member calls once in as many, members spread evenly
/// over these phases (one step: exact rounds). Followed are the share not informed of each phase and the share informed of each phase and age. A member not informed
/// learns from a call with the probability that one of those called knows (a call is answered by what its callee has when it arrives, and takes two latencies there
/// and back), and from pushes with 1 - prod (1 - q/(n-1)), q the share of messages that come through. Ages travel with the payload and are what ends pushes and
/// answers, so that runs whose start is slow end with fewer informed, as members do. Links of unequal delay are taken at their mean.
/// </summary>
public sealed class CallCourse
{
    private readonly double _members;
    private readonly double _live;
    private readonly double _calls;
    private readonly int _pushPeriods;
    private readonly int _pullPeriods;
    private readonly double _kept;
    private readonly int _latency;
    private readonly int _agesMax;
    private readonly double[] _uninformed;
    private readonly double[][] _informed;
    private readonly double[][] _pushes;
    private readonly double[][] _answers;
    private readonly double[] _asking;
    private readonly double[] _repeating;
    private readonly double _late;
    private readonly double[] _ageShares;
    private double _learned;

    /// <param name="members">Members that may be called.</param>
    /// <param name="live">Those of them that live, the origin among them.</param>
    /// <param name="calls">Calls f that a member makes a period.</param>
    /// <param name="pushPeriods">Age in periods up to which callers send it along.</param>
    /// <param name="pullPeriods">Age below which callers are answered.</param>
    /// <param name="loss">Share of all messages lost.</param>
    /// <param name="latency">Steps that a message takes, and a period has.</param>
    /// <param name="late">Share of the answers that come after the call two periods later, which is answered too.</param>
    public CallCourse(double members, double live, int calls, int pushPeriods, int pullPeriods, double loss, int latency, double late = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, live);
        ArgumentOutOfRangeException.ThrowIfLessThan(latency, 1);
        (_members, _live, _calls, _pushPeriods, _pullPeriods, _kept, _latency) = (members, live, calls, pushPeriods, pullPeriods, 1 - loss, latency);
        _agesMax = pullPeriods + 4;
        _uninformed = new double[latency];
        _informed = new double[latency][];
        _pushes = new double[latency][];
        _answers = new double[latency][];
        _asking = new double[latency];
        _repeating = new double[latency];
        _late = late;
        _ageShares = new double[_agesMax + 1];
        for (int phase = 0; phase < latency; phase++)
        {
            _uninformed[phase] = (1 - (1 / live)) / latency;
            _informed[phase] = new double[_agesMax + 1];
            _informed[phase][0] = 1 / live / latency;
            _pushes[phase] = new double[_agesMax + 1];
            _answers[phase] = new double[_agesMax + 1];
            // Calls are under way when the broadcast begins.
            _asking[phase] = _uninformed[phase];
        }

        double reaches = (live - 1) / Math.Max(1, members - 1) * _kept;
        Curve = new SpreadCurve { StartVariance = BranchingStart.Variance(calls * reaches * _kept, 1, pushPeriods > 0 ? calls * reaches : 0, calls, 1, latency == 1) };
        for (int step = 0; members > 1 && step <= (pullPeriods + 2) * latency; step++)
        {
            Advance(step % latency, isUnderWay: step > 0 || latency > 1);
        }
    }

    /// <summary>By step.</summary>
    public SpreadCurve Curve { get; }

    /// <summary>Payload copies pushed, for each live member.</summary>
    public double Pushes { get; private set; }

    /// <summary>Payload copies sent in answer to calls, for each live member.</summary>
    public double Answers { get; private set; }

    /// <summary>Calls by those who know of nothing, for each live member.</summary>
    public double Blank { get; private set; }

    /// <summary>One step: what arrives, in the order in which it was sent, and then the calls of the phase whose period begins.</summary>
    private void Advance(int phase, bool isUnderWay)
    {
        Learn(phase, _answers[phase]);
        double pushed = 0;
        foreach (double arriving in _pushes[phase])
        {
            pushed += arriving;
        }

        if (pushed > 0)
        {
            double missedBy = Misses.All(_live * pushed, _kept / (_members - 1));
            for (int other = 0; other < _latency; other++)
            {
                double learn = _uninformed[other] * (1 - missedBy);
                _uninformed[other] -= learn;
                for (int age = 0; age <= _agesMax; age++)
                {
                    _informed[other][age] += learn * _pushes[phase][age] / pushed;
                }
            }
        }

        // In rounds calls that arrive when the broadcast begins come before it.
        if (isUnderWay)
        {
            Answer(phase);
        }

        Curve.Add(_uninformed.Sum());
        Call(phase);
    }

    /// <summary>Of the members of a phase those learn whose call is answered; a share for each age that the answers say.</summary>
    private void Learn(int phase, double[] shares)
    {
        double before = _uninformed[phase];
        _learned = 0;
        for (int age = 0; age <= _agesMax; age++)
        {
            double learn = before * shares[age];
            _uninformed[phase] -= learn;
            _informed[phase][age] += learn;
            _learned += learn;
        }
    }

    /// <summary>Calls sent a latency ago arrive; their answers come a latency from now.</summary>
    private void Answer(int phase)
    {
        Array.Clear(_ageShares);
        double knowing = 0;
        foreach (double[] ages in _informed)
        {
            for (int age = 0; age < _pullPeriods; age++)
            {
                _ageShares[age] += ages[age];
                knowing += ages[age];
            }
        }

        double found = Math.Min(1, _live * knowing / (_members - 1)) * _kept;
        Answers += _calls * (_asking[phase] + _repeating[phase]) * found;
        double answered = 1 - Elementary.Pow(1 - (found * _kept), _calls);
        Array.Clear(_answers[phase]);
        for (int age = 0; age < _pullPeriods && knowing > 0; age++)
        {
            _answers[phase][age + 1] = answered * _ageShares[age] / knowing;
        }
    }

    /// <summary>Who knows of it grows older and sends it along or asks for nothing; who does not asks.</summary>
    private void Call(int phase)
    {
        double[] ages = _informed[phase];
        ages[_agesMax] += ages[_agesMax - 1];
        for (int age = _agesMax - 1; age > 0; age--)
        {
            ages[age] = ages[age - 1];
        }

        ages[0] = 0;
        Array.Clear(_pushes[phase]);
        for (int age = 1; age <= Math.Min(_pushPeriods, _agesMax); age++)
        {
            _pushes[phase][age] = _calls * ages[age];
            Pushes += _calls * ages[age];
        }

        _asking[phase] = _uninformed[phase];
        _repeating[phase] = _late * _learned;
        Blank += _calls * _uninformed[phase];
    }
}
