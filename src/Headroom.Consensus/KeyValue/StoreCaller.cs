using Headroom.Consensus.Replication;
using Headroom.Consensus.Wire;
using Headroom.Simulation.Processes;

namespace Headroom.Consensus.KeyValue;

/// <summary>
/// How clients of a replicated store ask: one request at a time, to the server that is taken for the leader, and another when the answer fails to come or names one. Requests are numbered from 1 on, so that one that is sent again is done once.
/// </summary>
/// <param name="servers">Members 0 to this less one are servers.</param>
/// <param name="server">Whom it asks first.</param>
/// <param name="timeoutNs">A request that is not answered after this goes to another server.</param>
/// <param name="timer">The number of the timer that it may use.</param>
internal sealed class StoreCaller(int servers, int server, long timeoutNs, int timer)
{
    private const long HintDelayNs = 2_000_000;

    private KeyValueCommand _command;
    private long _number;
    private int _redirects;
    private int _timeouts;

    /// <summary>Taken for the leader.</summary>
    public int Server { get; set; } = server;

    public bool IsWaiting { get; private set; }

    /// <summary>How often the last request was sent.</summary>
    public int Attempts { get; private set; }

    public void Ask(in KeyValueCommand command, ref Turn turn)
    {
        _command = command;
        _number++;
        (IsWaiting, _redirects, _timeouts, Attempts) = (true, 0, 0, 0);
        Send(ref turn);
    }

    /// <summary>Its timer has run out: it asks again. False when that happened too often: the request is given up, and may take effect later, or never.</summary>
    public bool TryAgain(int timeoutsMax, ref Turn turn)
    {
        if (_redirects >= 0)
        {
            if (++_timeouts > timeoutsMax)
            {
                End(ref turn);
                return false;
            }

            Server = (Server + 1 + turn.Random.Below(Math.Max(1, servers - 1))) % servers;
        }

        _redirects = 0;
        Send(ref turn);
        return true;
    }

    /// <summary>True when this answers the request.</summary>
    /// <param name="input">A message.</param>
    /// <param name="turn">The member's turn.</param>
    /// <param name="tokens">What a get found is added here.</param>
    /// <param name="hasValue">A get found something, or a compare-and-set what it expected.</param>
    public bool TryTake(in ProcessInput input, ref Turn turn, List<int> tokens, out bool hasValue)
    {
        hasValue = false;
        var reader = new VarintReader(input.Head);
        if (reader.Byte() != (byte)ClientVerb.Answer || reader.Number() != _number || !IsWaiting)
        {
            return false;
        }

        if (reader.Byte() == (byte)ClientStatus.NotLeader)
        {
            Redirect(reader.Small(servers), ref turn);
            return false;
        }

        hasValue = _command.Verb is KeyValueVerb.Get or KeyValueVerb.CompareAndSet && reader.Byte() == 1;
        if (hasValue && _command.Verb == KeyValueVerb.Get)
        {
            int count = reader.Small(int.MaxValue);
            for (int i = 0; i < count && reader.IsGood; i++)
            {
                tokens.Add(reader.Small(KeyValueCommand.TokenMax));
            }

            if (!reader.IsAtEnd)
            {
                reader.Skip(reader.Small(int.MaxValue));
            }
        }

        if (!reader.IsAtEnd)
        {
            return false;
        }

        End(ref turn);
        return true;
    }

    private void End(ref Turn turn)
    {
        IsWaiting = false;
        turn.CancelTimer(timer);
    }

    private void Send(ref Turn turn)
    {
        Attempts++;
        Span<byte> room = _command.Filling == 0 ? stackalloc byte[64] : new byte[1 + Varint.LengthMax + _command.LengthMax];
        var writer = new VarintWriter(room);
        writer.Byte((byte)(_command.Verb == KeyValueVerb.Get ? ClientVerb.Question : ClientVerb.Command));
        writer.Number(_number);
        int length = writer.Length + _command.Write(room[writer.Length..]);
        turn.Send(Server, turn.Compose(room[..length]));
        turn.SetTimer(timer, timeoutNs);
    }

    /// <summary>The named leader is asked a moment later; a server that knows none, or a second that errs, makes us wait.</summary>
    private void Redirect(int leader, ref Turn turn)
    {
        if (_redirects != 0 || leader == 0 || leader - 1 == Server)
        {
            return;
        }

        Server = leader - 1;
        _redirects = -1;
        turn.SetTimer(timer, HintDelayNs);
    }
}
