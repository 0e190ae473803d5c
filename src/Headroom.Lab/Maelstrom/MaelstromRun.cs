using System.Text.Json;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Networks;
using Headroom.Lab.Maelstrom.Processes;
using Headroom.Lab.Maelstrom.Services;
using Headroom.Lab.Maelstrom.Wire;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Maelstrom;

/// <summary>
/// One run. Threads of the processes put what they read into an inbox; one loop, on the thread that called, does everything else in order: routing by
/// due time, clients, services, partitions, phases. See the other parts for those.
/// </summary>
internal sealed partial class MaelstromRun : INodeListener, IDisposable
{
    private const long ProgressNs = 200_000_000;

    private readonly MaelstromOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<double, string>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly long _origin;
    private readonly RunGuard _guard;
    private readonly OfferedTopology _topology;
    private readonly Workload _workload;
    private readonly SpreadRecorder _spread;
    private readonly FaultLog _faults = new();
    private readonly IService[] _services;
    private readonly List<NodeProcess> _nodes = [];
    private readonly PriorityQueue<Action, (long DueNs, long Sequence)> _agenda = new();
    private readonly Lock _disposing = new();
    private long _sequence;
    private long _nextProgressNs;
    private bool _over;
    private bool _disposed;

    public MaelstromRun(MaelstromOptions options, TimeProvider time, Action<double, string>? progress, CancellationToken cancellation)
    {
        _options = options;
        _time = time;
        _progress = progress;
        _cancellation = cancellation;
        _origin = time.GetTimestamp();
        _topology = OfferedTopology.Of(options.Topology, options.Nodes);
        _spread = new SpreadRecorder(_topology);
        _workload = options.Workload switch
        {
            WorkloadKind.Echo => new EchoWorkload(),
            WorkloadKind.UniqueIds => new UniqueIdsWorkload(),
            WorkloadKind.Broadcast => new SetWorkload(broadcast: true, options.Nodes),
            WorkloadKind.GrowOnlySet => new SetWorkload(broadcast: false, options.Nodes),
            WorkloadKind.GrowOnlyCounter => new CounterWorkload(decrements: false),
            _ => new CounterWorkload(decrements: true),
        };
        Seed seed = new Seed(options.Seed).Named("maelstrom");
        Seed services = seed.Named("services");
        _services = [new LinearizableStore(), new SequentialStore(services.At(1)), new LastWriteWinsStore(services.At(2)), new TimestampOracle()];
        _latencies = [.. Enumerable.Range(0, options.Nodes + _services.Length).Select(from => seed.Named("latency").At(from).Stream())];
        _operations = seed.Named("operations").Stream();
        _gaps = seed.Named("gaps").Stream();
        _choices = seed.Named("choices").Stream();
        _partitionDraws = seed.Named("partitions").Stream();
        _readers = [.. Enumerable.Range(0, options.Nodes).Select(_ => new WireReader(options.Nodes))];
        _clients = [.. Enumerable.Range(0, options.Clients == 0 ? options.Nodes : options.Clients).Select(i => new Client(i, i % options.Nodes))];
        _nextClient = _clients.Length;
        _guard = new RunGuard(time);
    }

    private long NowNs => (long)(_time.GetElapsedTime(_origin).Ticks * 100L);

    public MaelstromResult Run()
    {
        // Should the whole program be ended in the middle, the children go first.
        void AtExit(object? sender, EventArgs e) => Dispose();
        AppDomain.CurrentDomain.ProcessExit += AtExit;
        using CancellationTokenRegistration wake = _cancellation.Register(Wake);
        try
        {
            for (int node = 0; node < _options.Nodes && !_cancellation.IsCancellationRequested; node++)
            {
                _nodes.Add(NodeProcess.Start(node, _options.Program, _options.Arguments, _guard, this));
            }

            StartInit();
            FlushNodes();
            Loop();
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= AtExit;
            Dispose();
        }

        return Result();
    }

    public void Dispose()
    {
        lock (_disposing)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (NodeProcess node in _nodes)
            {
                node.Kill();
            }

            _guard.Dispose();
            foreach (NodeProcess node in _nodes)
            {
                node.Dispose();
            }
        }
    }

    private void Loop()
    {
        while (!_over && !_cancellation.IsCancellationRequested)
        {
            bool idle = !TakeInbox();
            while (_agenda.TryPeek(out _, out (long DueNs, long Sequence) due) && due.DueNs <= NowNs && !_over)
            {
                idle = false;
                _agenda.Dequeue()();
            }

            FlushNodes();
            ReportProgress();
            if (idle)
            {
                long wakeNs = NowNs + ProgressNs;
                WaitForInbox(_agenda.TryPeek(out _, out (long DueNs, long Sequence) next) ? Math.Min(next.DueNs, wakeNs) : wakeNs);
            }
        }
    }

    private void At(long dueNs, Action action) => _agenda.Enqueue(action, (dueNs, _sequence++));

    private void ReportProgress()
    {
        if (_progress is null || NowNs < _nextProgressNs)
        {
            return;
        }

        _nextProgressNs = NowNs + ProgressNs;
        (double share, string doing) = Progress();
        _progress(share, doing);
    }

    private void Fault(int node, FaultKind kind, string text) => _faults.Add(node, kind, SinceStart(NowNs), text);

    /// <summary>Seconds since the first operation could be sent; before that, since the processes were started.</summary>
    private double SinceStart(long ns) => (ns - _startNs) / 1e9;

    private MaelstromResult Result()
    {
        int payloads = _workload.PayloadCount;
        return new MaelstromResult
        {
            Options = _options,
            Interrupted = _cancellation.IsCancellationRequested && !_over,
            Seconds = _startNs == 0 ? 0 : Math.Max(0, SinceStart(_lastAnswerNs)),
            Operations = [.. _counts.Select(pair => new OperationCount(pair.Key, pair.Value[0], pair.Value[1], pair.Value[2], pair.Value[3]))],
            ClientMessages = new MessageCount(_clientSends, _clientReceipts),
            ServerMessages = new MessageCount(_serverSends, _serverReceipts),
            PartitionsMade = _partitionsMade,
            Lateness = _lateness.Summary(),
            Faults = _faults.Faults,
            FurtherFaults = _faults.Further,
            Check = _workload.Check(),
            Spread = _workload is SetWorkload set ? _spread.Measure(payloads, set.MembersThatShowed) : null,
        };
    }

    private static byte[] Body(Action<Utf8JsonWriter> fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
