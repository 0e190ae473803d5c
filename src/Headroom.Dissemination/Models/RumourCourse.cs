using Headroom.Dissemination.Rumours;
using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Rumour mongering by push in the mean field, on a complete topology, in steps of which a message takes <c>latency</c> and a period has one latency or, with
/// feedback, two; members spread evenly over the phases of a period (in exact rounds all in one). A push of the interested share i leaves
/// u exp(-q i) of u not told, and those interested move on by the rules of <see cref="Interest"/> [demers1987, section 1.4], each feedback for itself. A feedback
/// that jitter delays past the next push counts after it, and a counter that counts in a row has started again by then.
/// </summary>
public sealed class RumourCourse
{
    private const int StepsMax = 2_000_000;

    private readonly double _live;
    private readonly double _others;
    private readonly double _kept;
    private readonly int _latency;
    private readonly int _phases;
    private readonly int _k;
    private readonly double _tires;
    private readonly double _late;
    private readonly bool _isCoin;
    private readonly bool _hasFeedback;

    // By phase, then by unnecessary pushes so far (or pushes, if blind; a coin has one class) and whether a feedback is late.
    private readonly double[][] _interested;
    private readonly double[] _fresh;
    private readonly double[] _answered;
    private readonly double[] _arriving;
    private double _untold;
    private double _eager;

    /// <param name="interest">How members lose interest.</param>
    /// <param name="k">Its parameter.</param>
    /// <param name="members">Members that may be told.</param>
    /// <param name="live">Those of them that live.</param>
    /// <param name="loss">Share of all messages lost.</param>
    /// <param name="latency">Steps that a message takes; 1 for exact rounds.</param>
    /// <param name="late">Share of the feedbacks that come after the next push.</param>
    public RumourCourse(Interest interest, int k, double members, double live, double loss, int latency = 1, double late = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, live);
        ArgumentOutOfRangeException.ThrowIfLessThan(latency, 1);
        (_live, _others, _kept, _latency, _k, _late) = (live, Math.Max(1, members - 1), 1 - loss, latency, k, late);
        _isCoin = interest is Interest.FeedbackCoin or Interest.BlindCoin;
        _hasFeedback = interest is Interest.FeedbackCoin or Interest.FeedbackCounter;
        _tires = _isCoin ? 1.0 / k : 1;
        int period = _hasFeedback ? 2 * latency : latency;
        _phases = latency == 1 ? 1 : period;
        _interested = new double[_phases][];
        _fresh = new double[_phases];
        _answered = new double[_phases];
        _arriving = new double[latency];
        for (int phase = 0; phase < _phases; phase++)
        {
            _interested[phase] = new double[_isCoin ? 2 : 2 * k];
            _fresh[phase] = 1 / live / _phases;
        }

        _untold = 1 - (1 / live);
        _eager = 1 / live;
        Curve = new SpreadCurve { StartVariance = BranchingStart.Variance(0, 0, live * _kept / _others, 1, _hasFeedback ? 0.5 : 1, latency == 1) };
        for (int step = 0; members > 1 && step < StepsMax && (_eager * live > 1e-3 || _arriving.Sum() * live > 1e-3); step++)
        {
            Advance(step, period);
        }
    }

    /// <summary>By step.</summary>
    public SpreadCurve Curve { get; }

    /// <summary>Share of the live members never told.</summary>
    public double Residue => Curve.Missing.Count == 0 ? _untold : Curve.Missed;

    /// <summary>Pushes for each live member.</summary>
    public double Pushes { get; private set; }

    /// <summary>Answers that somebody knew already, for each live member.</summary>
    public double Feedbacks { get; private set; }

    private void Advance(int step, int period)
    {
        int slot = step % _latency;
        double arriving = _arriving[slot];
        double knew = Math.Max(0, (_live * (1 - _untold)) - 1) / _others;
        double told = _untold * (1 - Misses.All(_live * arriving, _kept / _others));
        _untold -= told;
        _eager += told;
        for (int phase = 0; phase < _phases; phase++)
        {
            _fresh[phase] += told / _phases;
        }

        if (_hasFeedback)
        {
            Feedbacks += arriving * _kept * knew;
            int sent = (step - _latency) % period;
            if (sent >= 0 && sent < _phases)
            {
                _answered[sent] = _kept * _kept * knew;
            }
        }

        Curve.Add(_untold);
        _arriving[slot] = 0;
        if (step % period < _phases)
        {
            int phase = step % period;
            _arriving[slot] = Push(phase);
        }
    }

    /// <summary>What has come back of the last push is counted, and those of a phase that are still interested push.</summary>
    private double Push(int phase)
    {
        double[] now = _interested[phase];
        _eager -= now.Sum() + _fresh[phase];
        var next = new double[now.Length];
        // Nothing can have come back of pushes that were not made.
        double pushed = Move(next, _fresh[phase], 0, 0, false, false);
        _fresh[phase] = 0;
        int counts = now.Length / 2;
        for (int i = 0; i < counts; i++)
        {
            for (int late = 0; late < 2; late++)
            {
                double share = now[(2 * i) + late];
                if (share == 0)
                {
                    continue;
                }

                double comes = _hasFeedback ? _answered[phase] : 0;
                pushed += Move(next, share * (1 - comes), i, late, false, false);
                pushed += Move(next, share * comes * (1 - _late), i, late, true, false);
                pushed += Move(next, share * comes * _late, i, late, false, true);
            }
        }

        _interested[phase] = next;
        _eager += next.Sum();
        Pushes += pushed;
        return pushed;
    }

    /// <summary>A share of a class that pushes once more, or not; gives what pushes.</summary>
    private double Move(double[] next, double share, int count, int late, bool isAnswered, bool isPending)
    {
        int feedbacks = late + (isAnswered ? 1 : 0);
        if (_isCoin)
        {
            double pushes = share * Elementary.Power(1 - _tires, feedbacks);
            next[isPending ? 1 : 0] += _hasFeedback ? pushes : pushes * (1 - _tires);
            return pushes;
        }

        int tired = count + feedbacks;
        if (tired >= _k)
        {
            return 0;
        }

        if (!_hasFeedback)
        {
            if (tired + 1 < _k)
            {
                next[2 * (tired + 1)] += share;
            }

            return share;
        }

        next[(2 * (feedbacks == 0 ? 0 : tired)) + (isPending ? 1 : 0)] += share;
        return share;
    }
}
