using Headroom.Kernel.Arithmetic;

namespace Headroom.Dissemination.Models;

/// <summary>
/// Anti-entropy in the mean field [demers1987, section 1.3], in steps of which a message takes <c>latency</c>; a member begins a comparison each <c>period</c> steps,
/// members spread evenly over its phases. A member learns by the comparison that it began (pull) or by one that another began (push). The two chances to miss it
/// multiply: each is followed for itself.
/// </summary>
public sealed class ComparisonCourse
{
    private readonly ComparisonSteps _steps;
    private readonly double _live;
    private readonly double _others;
    private readonly double _kept;
    private readonly int _latency;
    private readonly int _period;
    private readonly bool _isAligned;
    private readonly double[] _missPull;
    private readonly double[] _missPush;

    // Of the pushes: missed in all periods before the one whose questions are being answered, found in it, and not asked since one's own last comparison.
    private readonly double[] _missedBefore;
    private readonly double[] _foundNow;
    private readonly double[] _unasked;
    private readonly double[][] _asks;
    private readonly double[] _informedThen;
    private readonly double[] _answeredThen;

    /// <param name="steps">How a comparison goes.</param>
    /// <param name="members">Members that may be compared with.</param>
    /// <param name="live">Those of them that live.</param>
    /// <param name="periods">Periods that are followed.</param>
    /// <param name="loss">Share of all messages lost.</param>
    /// <param name="latency">Steps that a message takes.</param>
    /// <param name="period">Steps between two comparisons that a member begins.</param>
    /// <param name="isAligned">Exact rounds: who begins a comparison does so before what arrives in the same round.</param>
    public ComparisonCourse(ComparisonSteps steps, double members, double live, int periods, double loss, int latency, int period, bool isAligned)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(live, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, live);
        ArgumentOutOfRangeException.ThrowIfLessThan(latency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _isAligned = isAligned;
        (_steps, _live, _others, _kept, _latency, _period) = (steps, live, Math.Max(1, members - 1), 1 - loss, latency, period);
        (_missPull, _missPush, _missedBefore, _unasked) = (Ones(), Ones(), Ones(), Ones());
        _foundNow = new double[period];
        _asks = [.. Enumerable.Range(0, 2 * latency).Select(_ => new double[period])];
        // Longer than any comparison takes.
        _informedThen = new double[(4 * latency) + 1];
        _answeredThen = new double[(4 * latency) + 1];
        double inPeriod = (double)latency / period;
        double reaches = (live - 1) / _others * _kept;
        Curve = new SpreadCurve
        {
            StartVariance = BranchingStart.Variance(Elementary.Power(_kept, steps.PullMessages - 1) * reaches, (steps.PullMessages - 1) * inPeriod,
                Elementary.Power(_kept, steps.PushMessages - 1) * reaches, 1, steps.PushMessages * inPeriod, false),
        };
        for (int step = 0; members > 1 && step < periods * period; step++)
        {
            Advance(step);
        }
    }

    /// <summary>By step.</summary>
    public SpreadCurve Curve { get; }

    /// <summary>Payload copies to those who began a comparison, for each live member.</summary>
    public double Pulled { get; private set; }

    /// <summary>Payload copies to those who were compared with, for each live member.</summary>
    public double Pushed { get; private set; }

    private double[] Ones()
    {
        var ones = new double[_period];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>Share of the live members that are of a phase and not informed.</summary>
    private double Uninformed(int phase) => (1 - (1 / _live)) / _period * _missPull[phase] * _missPush[phase];

    private int Slot(int step) => ((step % _informedThen.Length) + _informedThen.Length) % _informedThen.Length;

    private void Advance(int step)
    {
        if (_isAligned)
        {
            Begin(step);
        }

        Finish(step);
        double missing = 0;
        for (int phase = 0; phase < _period; phase++)
        {
            missing += Uninformed(phase);
        }

        Curve.Add(missing);
        // Comparisons begun a latency ago arrive: what their callees know, and what those lack whom they reach.
        double knows = _isAligned && step == 0 ? 0 : Math.Min(1, _live * (1 - missing) / _others);
        _answeredThen[Slot(step)] = knows;
        if (_steps.PullMessages == 2)
        {
            Pulled += UninformedThen(step - _latency) * _kept * knows;
        }

        Arrive(step, _live * _informedThen[Slot(step - _latency)]);

        if (_steps.PullMessages == 4 && step >= 2 * _latency)
        {
            // Who was told what it lacks asks for it if it still does.
            Pulled += Uninformed(Phase(step - (2 * _latency))) * Elementary.Power(_kept, 3) * _answeredThen[Slot(step - _latency)];
        }

        if (!_isAligned)
        {
            Begin(step);
        }
    }

    private void Begin(int step)
    {
        _informedThen[Slot(step)] = (1.0 / _period) - Uninformed(Phase(step));
        _unasked[Phase(step)] = 1;
    }

    private int Phase(int step) => ((step % _period) + _period) % _period;

    private double UninformedThen(int step) => (1.0 / _period) - _informedThen[Slot(step)];

    /// <summary>Payloads that are due now.</summary>
    private void Finish(int step)
    {
        int pulled = _steps.PullMessages * _latency;
        // Comparisons under way when the broadcast began find it at its origin.
        if (step >= (_isAligned ? pulled : pulled - _latency))
        {
            _missPull[Phase(step - pulled)] *= 1 - (Elementary.Power(_kept, _steps.PullMessages) * _answeredThen[Slot(step - pulled + _latency)]);
        }

        int asked = step - (2 * _latency);
        if (asked < 0)
        {
            return;
        }

        double[] asks = _asks[asked % _asks.Length];
        for (int phase = 0; phase < _period; phase++)
        {
            if (_steps.IsPushAsked && phase == Phase(asked))
            {
                _missedBefore[phase] *= 1 - _foundNow[phase];
                _foundNow[phase] = 0;
            }

            if (_steps.IsPushAsked)
            {
                _foundNow[phase] += _kept * _kept * asks[phase];
                _missPush[phase] = _missedBefore[phase] * (1 - _foundNow[phase]);
            }
            else
            {
                _missPush[phase] *= 1 - asks[phase];
            }
        }
    }

    /// <summary>Comparisons begun by so many informed members arrive at random others.</summary>
    private void Arrive(int step, double informedCallers)
    {
        double[] asks = _asks[step % _asks.Length];
        double each = _kept / _others;
        double meets = 1 - Misses.All(informedCallers, each);
        for (int phase = 0; phase < _period; phase++)
        {
            double share = (1 - (1 / _live)) / _period * _missPull[phase];
            if (!_steps.IsPushAsked)
            {
                Pushed += Uninformed(phase) * informedCallers * each * _kept;
                asks[phase] = 1 - Misses.All(informedCallers, Elementary.Power(_kept, 3) / _others);
                continue;
            }

            asks[phase] = _unasked[phase] * meets;
            // Found in the period whose answers come now is to have asked, if that period is the present one.
            bool isPresent = Phase(step - phase) >= 2 * _latency;
            Pushed += share * _missedBefore[phase] * (isPresent ? 1 : 1 - _foundNow[phase]) * asks[phase] * _kept;
            _unasked[phase] *= 1 - meets;
        }
    }
}
