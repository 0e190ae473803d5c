using System.Net;
using Headroom.Consensus.Groups;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Groups;

/// <summary>One run of a group: servers that live, are killed and come back, and rounds of clients.</summary>
internal sealed class GroupRun(
    GroupLabOptions options, GroupSeating seating, Func<int, int, IGroupServer> create, TimeProvider time, Action<double, string> report, CancellationToken cancellation) : IDisposable
{
    /// <summary>Operations of each client in the first round, which is not counted: programs are slow at first.</summary>
    private const int FirstOperations = 100;

    /// <summary>The last reading asks for each key so often, on average.</summary>
    private const int ReadsOfAKey = 10;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LookAtServers = TimeSpan.FromMilliseconds(250);

    private readonly IGroupServer?[] _servers = new IGroupServer?[options.Servers];
    private readonly int[] _lives = new int[options.Servers];
    private readonly GroupStatus[] _marks = new GroupStatus[options.Servers];
    private readonly Dictionary<int, IPEndPoint> _endpoints = [];
    private readonly List<RoundClients> _clients = [];
    private readonly List<GroupRound> _rounds = [];
    private readonly List<int> _killed = [];
    private readonly FlushProbe? _probe = options.Folder is { } folder ? new FlushProbe(folder, options.Servers, time) : null;
    private GroupHost? _registrars;
    private GroupHost? _working;
    private GroupStatus _gone;
    private int _down = -1;
    private long _endedBefore;
    private bool _haveStarted;
    private bool _wasRestarted;
    private GroupVerdict? _kept;

    public GroupLabRun Run()
    {
        try
        {
            PlayAll();
        }
        catch (OperationCanceledException) when (_rounds.Count > 0)
        {
            // What was measured stands.
        }

        return new GroupLabRun
        {
            Rounds = _rounds,
            Killed = _killed,
            WasRestarted = _wasRestarted,
            Verdict = GroupJudge.Of(options.Strategy, [.. _clients.SelectMany(round => round.All)]) ?? _kept,
            WasInterrupted = cancellation.IsCancellationRequested,
        };
    }

    private void PlayAll()
    {
        report(0, "starting");
        OpenRegistrars();
        StartAll();
        Play(Math.Min(FirstOperations, options.OperationsEach), onlyRead: false);
        for (int round = 0; round < options.Rounds; round++)
        {
            _rounds.Add(Play(options.OperationsEach, onlyRead: false, options.Kills > 0 ? Strike : _ => { }));
            cancellation.ThrowIfCancellationRequested();
            _endedBefore += (long)options.Clients * options.OperationsEach;
        }

        if (options.EndsWithRestart)
        {
            report(1, "all servers are killed amid their work and come back");
            ComeBack();
            Play(Math.Min(FirstOperations, options.OperationsEach), onlyRead: false, StrikeAll);
            Play(1 + (ReadsOfAKey * options.Keys / options.Clients), onlyRead: true);
        }

        if (options.Kills > 0 || options.EndsWithRestart)
        {
            JudgeDisks();
        }
    }

    /// <summary>When all are back and have had time to write, they die once more, and what is on their disks is held against what clients were told.</summary>
    private void JudgeDisks()
    {
        ComeBack();
        report(1, "what was answered is looked for on the disks");
        long startNs = NowNs;
        while (NowNs - startNs < options.Strategy.WritebackNs)
        {
            cancellation.WaitHandle.WaitOne(Look);
            cancellation.ThrowIfCancellationRequested();
        }

        for (int member = 0; member < _servers.Length; member++)
        {
            _servers[member]!.Kill();
            Bury(member);
        }

        _kept = GroupJudge.OfDisks(options, [.. _clients.SelectMany(round => round.All)]);
    }

    public void Dispose()
    {
        _working?.Dispose();
        _registrars?.Dispose();
        foreach (IGroupServer? server in _servers)
        {
            server?.Dispose();
        }

        _probe?.Dispose();
    }

    private GroupStatus Total => _servers.OfType<IGroupServer>().Aggregate(_gone with { Sent = _gone.Sent + (_registrars?.Counts ?? default) }, (sum, server) => sum + server.Status);

    private long NowNs => time.GetElapsedTime(seating.Origin).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Registrars are reliable by assumption: they live here, as long as the run.</summary>
    private void OpenRegistrars()
    {
        if (options.Strategy.Registrars == 0)
        {
            return;
        }

        Consensus.Agreements.AgreementGroup group = options.Strategy.Group(options.Setting(1, 1), 0, 0);
        _registrars = new GroupHost(seating, [.. Enumerable.Range(options.Servers, options.Strategy.Registrars).Select(member => (member, group.Create(member), (DurableLog?)null))], 0, null, time);
        Note(_registrars.Open());
    }

    private void Note(IReadOnlyList<(int Member, IPEndPoint Endpoint)> opened)
    {
        foreach ((int member, IPEndPoint endpoint) in opened)
        {
            _endpoints[member] = endpoint;
        }
    }

    private void StartAll()
    {
        for (int member = 0; member < _servers.Length; member++)
        {
            Open(member);
        }

        _registrars?.Meet(Known());
        if (!_haveStarted)
        {
            _registrars?.Start();
            _haveStarted = true;
        }

        foreach (IGroupServer? server in _servers)
        {
            server!.Meet(Known());
            server.Start();
        }
    }

    private void Open(int member)
    {
        _servers[member] = create(member, _lives[member]++);
        Note(_servers[member]!.Open());
        _marks[member] = default;
    }

    private (int Member, IPEndPoint Endpoint)[] Known() => [.. _endpoints.Select(pair => (pair.Key, pair.Value))];

    /// <summary>A round of new clients; <paramref name="strike"/> is told now and then how many of its operations have ended.</summary>
    private GroupRound Play(int operations, bool onlyRead, Action<long>? strike = null)
    {
        var clients = new RoundClients(options, _clients.Count, operations, onlyRead, NowNs);
        long ended = 0;
        bool areDone = false;
        _clients.Add(clients);
        _working = new GroupHost(seating, [.. clients.Members.Select(client => (client.Member, client.Process, (DurableLog?)null))], 0, Watch, time);
        IReadOnlyList<(int Member, IPEndPoint Endpoint)> endpoints = _working.Open();
        _working.Meet(Known());
        Note(endpoints);
        _registrars?.Meet(endpoints);
        foreach (IGroupServer server in _servers.OfType<IGroupServer>())
        {
            server.Meet(endpoints);
        }

        GroupStatus before = Total;
        _working.Start();
        try
        {
            Await(() => Volatile.Read(ref ended), () => Volatile.Read(ref areDone), strike);
        }
        catch (OperationCanceledException) when (strike is not null && Volatile.Read(ref ended) > 0)
        {
            // The round counts as far as it came.
        }

        GroupStatus spent = Total - before;
        _working.Dispose();
        GroupRound round = Round(clients, spent with { Sent = spent.Sent + _working.Counts });
        _working = null;
        return round;

        void Watch()
        {
            Volatile.Write(ref ended, clients.Ended);
            Volatile.Write(ref areDone, clients.AreDone);
        }
    }

    private GroupRound Round(RoundClients clients, GroupStatus spent)
    {
        IReadOnlyList<GroupCall> made = clients.Calls;
        GroupCall[] calls = [.. made.Where(call => call.IsAnswered)];
        if (calls.Length == 0)
        {
            throw new LabException("no operation of a round was answered");
        }

        int bytes = Math.Max(1, (int)spent.Disk.MeanBytes);
        TimeSpan probing = cancellation.IsCancellationRequested ? TimeSpan.Zero : options.ProbeFor;
        return new GroupRound
        {
            Calls = calls,
            Unanswered = made.Count - calls.Length,
            Sent = spent.Sent,
            Logs = spent.Disk,
            Alone = _probe?.RunAlone(bytes, probing) ?? default,
            Together = _probe?.RunTogether(bytes, probing) ?? default,
        };
    }

    /// <summary>Until all clients are done; servers are killed and come back meanwhile.</summary>
    private void Await(Func<long> ended, Func<bool> areDone, Action<long>? strike)
    {
        (long last, long lastAt, long lookedAt) = (-1, time.GetTimestamp(), time.GetTimestamp());
        while (!areDone())
        {
            cancellation.WaitHandle.WaitOne(Look);
            cancellation.ThrowIfCancellationRequested();
            _working!.Check();
            _registrars?.Check();
            if (time.GetElapsedTime(lookedAt) > LookAtServers)
            {
                _ = Total;
                lookedAt = time.GetTimestamp();
                report(Share(strike is null ? 0 : ended()), _rounds.Count < options.Rounds ? $"round {_rounds.Count + 1} of {options.Rounds}" : "reading what is left");
            }

            long now = ended();
            if (now != last)
            {
                (last, lastAt) = (now, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(lastAt) > options.Patience)
            {
                throw new LabException($"no operation was answered for {options.Patience.TotalSeconds:0} s");
            }

            strike?.Invoke(now);
        }
    }

    private double Share(long ended) => Math.Min(1, (double)(_endedBefore + ended) / ((long)options.Rounds * options.Clients * options.OperationsEach));

    /// <summary>The run in equal parts by operations: all are up in the first, one is down in the second, and so on.</summary>
    private void Strike(long ended)
    {
        long all = (long)options.Rounds * options.Clients * options.OperationsEach;
        long part = Math.Min(2 * options.Kills, (_endedBefore + ended) * ((2 * options.Kills) + 1) / all);
        if (part % 2 == 1 && _killed.Count <= part / 2)
        {
            ComeBack();
            _down = Busiest();
            _killed.Add(_down);
            _servers[_down]!.Kill();
            Bury(_down);
        }
        else if (part % 2 == 0)
        {
            ComeBack();
        }
    }

    /// <summary>The server that has sent most since the last of these events: the leader, where there is one.</summary>
    private int Busiest() => Enumerable.Range(0, _servers.Length).MaxBy(member => (_servers[member]!.Status - _marks[member]).Sent.Messages);

    private void Bury(int member)
    {
        _gone += _servers[member]!.Status;
        _servers[member]!.Dispose();
        _servers[member] = null;
    }

    /// <summary>All at once, when as many operations have ended as there are clients; what they said must have been on their disks by then.</summary>
    private void StrikeAll(long ended)
    {
        if (_wasRestarted || ended < options.Clients)
        {
            return;
        }

        Parallel.ForEach(_servers, server => server!.Kill());
        for (int member = 0; member < _servers.Length; member++)
        {
            Bury(member);
        }

        StartAll();
        _working!.Meet(Known());
        _wasRestarted = true;
    }

    private void ComeBack()
    {
        if (_down < 0)
        {
            return;
        }

        Open(_down);
        (int, IPEndPoint)[] moved = [(_down, _endpoints[_down])];
        _working?.Meet(moved);
        _registrars?.Meet(moved);
        for (int member = 0; member < _servers.Length; member++)
        {
            _servers[member]!.Meet(member == _down ? Known() : moved);
            _marks[member] = _servers[member]!.Status;
        }

        _servers[_down]!.Start();
        _down = -1;
    }
}
