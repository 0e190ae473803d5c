using Headroom.Consensus.Replication;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.Chain;

/// <summary>Clients; reads, and what they rest on: a lease, or the registrar's word that the chain is still the same.</summary>
public sealed partial class ChainServer
{
    private const int BeatsKept = 64;

    private readonly long[] _beatNs = new long[BeatsKept];
    private readonly Queue<Read> _reads = new();

    /// <summary>Reads that wait for updates that the tail had.</summary>
    private readonly List<(Read Read, long Number, long Version)> _versions = [];
    private long _beat;
    private long? _leaseEndNs;
    private long _confirmNumber;
    private long _confirmedNumber;
    private long _confirmBefore;
    private long _versionNumber;

    private void Beat(ref Turn turn)
    {
        _beat++;
        _beatNs[_beat % BeatsKept] = turn.Clock.LocalNs;
        Send(_options.Servers, new ChainMessage(ChainVerb.Heartbeat, Configuration?.Epoch ?? 0, _beat, Incarnation: _incarnation), ref turn);
        turn.SetTimer(HeartbeatTimer, _options.HeartbeatNs);
    }

    private void OnLease(in ChainMessage message, ref Turn turn)
    {
        if (message.Incarnation == _incarnation && message.Number <= _beat && _beat - message.Number < BeatsKept)
        {
            // The registrar counts from when it heard the heartbeat, which is later than its sending; its clock may run faster than ours.
            long endNs = _beatNs[message.Number % BeatsKept] + (long)(_options.SessionNs * (1 - _options.DriftShareMax));
            _leaseEndNs = Math.Max(_leaseEndNs ?? endNs, endNs);
            AnswerReads(ref turn);
        }
    }

    private void OnClient(in ProcessInput input, ref Turn turn)
    {
        int client = input.Peer;
        if (!ClientMessage.TryRead(client, input.Head, out ClientVerb verb, out long number, out ReadOnlySpan<byte> request))
        {
            MalformedCount++;
        }
        else if (Configuration is not { } chain)
        {
            ClientMessage.SendElsewhere(client, number, -1, ref turn);
        }
        else if (verb == ClientVerb.Command || _options.Reads == ChainReads.Chain)
        {
            if (IsHead)
            {
                TakeCommand(client, number, request, ref turn);
            }
            else
            {
                Send(chain.Head, new ChainMessage(ChainVerb.Command, Number: number, Client: client), request, ref turn);
            }
        }
        else if (IsTail || (_options.Reads == ChainReads.Apportioned && chain.Contains(_self)))
        {
            TakeQuestion(client, number, request, ref turn);
        }
        else
        {
            Send(chain.Tail, new ChainMessage(ChainVerb.Question, Number: number, Client: client), request, ref turn);
        }
    }

    private void TakeQuestion(int client, long number, ReadOnlySpan<byte> question, ref Turn turn)
    {
        if (IsTail || _options.Reads == ChainReads.Apportioned)
        {
            Take(new Read(client, number, question.ToArray(), IsVersion: false), ref turn);
        }
    }

    private void Take(in Read read, ref Turn turn)
    {
        if (Configuration is not { } chain || !chain.Contains(_self))
        {
            return;
        }

        bool isIdle = _confirmedNumber == _confirmNumber;
        _reads.Enqueue(read with { Confirm = _confirmNumber + 1 });
        if (!_options.HasLeases && isIdle)
        {
            Confirm(ref turn);
        }

        AnswerReads(ref turn);
    }

    /// <summary>All reads that wait, and none that come later, may rest on the answer.</summary>
    private void Confirm(ref Turn turn)
    {
        _confirmNumber++;
        Send(_options.Servers, new ChainMessage(ChainVerb.Confirm, Configuration!.Epoch, _confirmNumber), ref turn);
    }

    private void OnConfirmed(in ChainMessage message, ref Turn turn)
    {
        if (message.Epoch == Configuration?.Epoch && message.Number > _confirmedNumber && message.Number <= _confirmNumber)
        {
            _confirmedNumber = message.Number;
            AnswerReads(ref turn);
            if (_reads.Count > 0 && _confirmedNumber == _confirmNumber && !_isHandingOver)
            {
                Confirm(ref turn);
            }
        }
    }

    private void ConfirmAgain(ref Turn turn)
    {
        if (!_options.HasLeases && _reads.Count > 0 && _confirmNumber == _confirmBefore)
        {
            Confirm(ref turn);
        }

        _confirmBefore = _confirmNumber;
    }

    private void AnswerReads(ref Turn turn)
    {
        AnswerVersions(ref turn);
        // Reads may go on while a successor is made ready, and not any more when it may have taken over.
        if (_isHandingOver)
        {
            return;
        }

        while (_reads.TryPeek(out Read read) && MayRead(read, turn.Clock.LocalNs))
        {
            _reads.Dequeue();
            if (read.IsVersion)
            {
                if (IsTail)
                {
                    Send(read.Client, new ChainMessage(ChainVerb.VersionAnswer, Configuration!.Epoch, read.Number, Applied), ref turn);
                }
            }
            else if (IsTail || Applied == Last || _options.Mutant == ChainMutant.ReadUnstable)
            {
                ClientMessage.Answer(read.Client, read.Number, Machine.Query(read.Question), ref turn);
            }
            else
            {
                _versions.Add((read, ++_versionNumber, long.MaxValue));
                Send(Configuration!.Tail, new ChainMessage(ChainVerb.Version, Configuration.Epoch, _versionNumber), ref turn);
            }
        }
    }

    private bool MayRead(in Read read, long nowNs) =>
        (_options.HasLeases ? _leaseEndNs is { } endNs && nowNs < endNs : _confirmedNumber >= read.Confirm) || _options.Mutant == ChainMutant.TrustFailStop;

    private void OnVersion(int peer, in ChainMessage message, ref Turn turn)
    {
        if (IsTail && message.Epoch == Configuration!.Epoch)
        {
            Take(new Read(peer, message.Number, [], IsVersion: true), ref turn);
        }
    }

    private void OnVersionAnswer(int peer, in ChainMessage message, ref Turn turn)
    {
        long number = message.Number;
        int at = _versions.FindIndex(waiting => waiting.Number == number);
        if (at >= 0 && Configuration is { } chain && message.Epoch == chain.Epoch && peer == chain.Tail)
        {
            _versions[at] = _versions[at] with { Version = message.Sequence };
            AnswerVersions(ref turn);
        }
    }

    private void AnswerVersions(ref Turn turn)
    {
        for (int i = _versions.Count - 1; i >= 0; i--)
        {
            if (_versions[i].Version <= Applied)
            {
                Read read = _versions[i].Read;
                ClientMessage.Answer(read.Client, read.Number, Machine.Query(read.Question), ref turn);
                _versions.RemoveAt(i);
            }
        }
    }

    /// <summary>The chain has changed: who waits is asked for by the new tail, or asks again.</summary>
    private void PassReadsOn(ref Turn turn)
    {
        _confirmedNumber = _confirmNumber;
        Read[] reads = [.. _reads];
        _reads.Clear();
        foreach (Read read in reads)
        {
            if (read.IsVersion)
            {
                continue;
            }

            if (IsTail || (_options.Reads == ChainReads.Apportioned && Configuration!.Contains(_self)))
            {
                Take(read, ref turn);
            }
            else
            {
                Send(Configuration!.Tail, new ChainMessage(ChainVerb.Question, Number: read.Number, Client: read.Client), read.Question, ref turn);
            }
        }
    }

    /// <summary>A question that waits, of a client; or of a server that asks how far the tail is.</summary>
    private readonly record struct Read(int Client, long Number, byte[] Question, bool IsVersion, long Confirm = 0);
}
