using System.Text.Json;
using Headroom.Dissemination.Broadcasts;
using Headroom.Graphs;
using Headroom.Kernel.Randomness;
using Headroom.Lab.Maelstrom.Services;
using Headroom.Simulation.Networks;
using Headroom.Simulation.Processes;

namespace Headroom.Lab.Maelstrom.Nodes;

/// <summary>What clients and peers say to the node.</summary>
public sealed partial class BroadcastNode
{
    private const int NoGroup = -1;
    private const int PayloadBytes = 16;

    /// <summary>Clients wait for 5 s: a protocol that takes longer to settle is asked before it has.</summary>
    private const long SettlingNsMax = 4_000_000_000;

    private readonly SortedDictionary<int, long> _durable = [];
    private NetworkOptions? _network;

    private void Take(string source, JsonElement body)
    {
        string type = body.GetProperty("type").GetString() ?? "";
        long? id = body.TryGetProperty("msg_id", out JsonElement number) && number.TryGetInt64(out long value) ? value : null;
        switch (type)
        {
            case "headroom":
                Receive(source, body);
                break;
            case "init":
                Init(source, id, body);
                break;
            case "topology" when _self >= 0:
                TakeTopology(source, id, body.GetProperty("topology"));
                break;
            case "broadcast" when _self >= 0:
                Broadcast(source, id, body.GetProperty("message"));
                break;
            case "read":
                Reply(source, id, "read_ok", WriteDeliveries);
                break;
            default:
                if (id is not null && !body.TryGetProperty("in_reply_to", out _))
                {
                    Error(source, id, _self < 0 ? ErrorCode.TemporarilyUnavailable : ErrorCode.NotSupported, _self < 0 ? "init has not come yet" : "this node answers init, topology, broadcast and read");
                }

                break;
        }
    }

    private void Init(string source, long? id, JsonElement body)
    {
        string[] names = [.. body.GetProperty("node_ids").EnumerateArray().Select(name => name.GetString()!)];
        string own = body.GetProperty("node_id").GetString()!;
        _lines.BeFrom(own);
        if (_self >= 0 || Array.IndexOf(names, own) < 0)
        {
            Error(source, id, ErrorCode.MalformedRequest, _self >= 0 ? "init came twice" : "node_id is not among node_ids");
            return;
        }

        (_names, _self) = (names, Array.IndexOf(names, own));
        Reply(source, id, "init_ok");
    }

    private void TakeTopology(string source, long? id, JsonElement offered)
    {
        _network = Network(offered);
        _members.Clear();
        if (_options.Strategy.Problem(Setting(_self)) is { } problem)
        {
            Error(source, id, ErrorCode.NotSupported, problem);
            return;
        }

        if (!_options.Strategy.IsRooted)
        {
            MemberOf(NoGroup);
        }

        long settlingNs = _options.Strategy.SettlingNs(Setting(_self));
        if (settlingNs > 0)
        {
            _settling = (source, id, NowNs + Math.Min(settlingNs, SettlingNsMax));
        }
        else
        {
            Reply(source, id, "topology_ok");
        }
    }

    private void Broadcast(string source, long? id, JsonElement payload)
    {
        if (_options.Strategy.Problem(Setting(_self)) is { } problem)
        {
            Error(source, id, ErrorCode.NotSupported, problem);
            return;
        }

        int group = _options.Strategy.IsRooted ? _self : NoGroup;
        int body = _payloads.Add(payload.GetRawText());
        // Numbers of different nodes never meet.
        long broadcast = (++_requests * _names.Length) + _self;
        Reply(source, id, "broadcast_ok");
        Step(group, MemberOf(group), new ProcessInput { Kind = InputKind.Request, Number = broadcast, Body = body });
    }

    private void Receive(string source, JsonElement body)
    {
        int peer = Array.IndexOf(_names, source);
        int group = body.TryGetProperty("origin", out JsonElement origin) ? origin.GetInt32() : NoGroup;
        bool fits = _options.Strategy.IsRooted ? group >= 0 && group < _names.Length : group == NoGroup;
        if (peer < 0 || peer == _self || !fits || _options.Strategy.Problem(Setting(_self)) is not null)
        {
            throw new FormatException("a message of another protocol or from nobody");
        }

        byte[] head = body.GetProperty("head").GetBytesFromBase64();
        int payload = body.TryGetProperty("payload", out JsonElement json) ? _payloads.Add(json.GetRawText()) : 0;
        Step(group, MemberOf(group), new ProcessInput { Kind = InputKind.Message, Peer = peer, Head = head, Body = payload });
    }

    /// <summary>The process of an origin, or the one for all; made and started when it is first needed.</summary>
    private Member MemberOf(int group)
    {
        if (!_members.TryGetValue(group, out Member? member))
        {
            Seed seed = new Seed(_options.Seed).Named("node").At(_self).At(group);
            member = _options.Strategy.Family(Setting(group == NoGroup ? 0 : group)).On(new Member.Host(_self, seed));
            _members.Add(group, member);
            Step(group, member, new ProcessInput { Kind = InputKind.Start });
        }

        return member;
    }

    private BroadcastSetting Setting(int origin) => new()
    {
        // Without an offer everybody knows everybody.
        Network = _network ??= new NetworkOptions { Topology = Topology.Complete(_names.Length, _options.LatencyNs) },
        PayloadBytes = PayloadBytes,
        Origin = origin,
        Remembered = _options.Remembered,
    };

    private NetworkOptions Network(JsonElement offered)
    {
        var builder = new GraphBuilder();
        builder.AddNodes(_names.Length);
        var links = new SortedSet<(int From, int To)>();
        foreach (JsonProperty node in offered.EnumerateObject())
        {
            int from = Array.IndexOf(_names, node.Name);
            foreach (int to in node.Value.EnumerateArray().Select(neighbour => Array.IndexOf(_names, neighbour.GetString())))
            {
                if (from < 0 || to < 0)
                {
                    throw new FormatException("the topology names a node that init did not");
                }

                if (from != to)
                {
                    links.Add((from, to));
                }
            }
        }

        foreach ((int from, int to) in links)
        {
            builder.AddEdge(from, to, latencySeconds: _options.LatencyNs / 1e9);
        }

        bool total = links.Count == (long)_names.Length * (_names.Length - 1);
        return new NetworkOptions { Topology = total ? Topology.Complete(_names.Length, _options.LatencyNs) : Topology.Of(builder.Build()) };
    }

    private void WriteDeliveries(Utf8JsonWriter json)
    {
        json.WriteStartArray("messages");
        foreach (int body in _deliveries)
        {
            json.WriteRawValue(_payloads[body], skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private void Error(string source, long? id, ErrorCode code, string text) => Reply(source, id, "error", json =>
    {
        json.WriteNumber("code", (int)code);
        json.WriteString("text", text);
    });

    private void Reply(string source, long? id, string type, Action<Utf8JsonWriter>? fields = null) => _lines.Write(source, json =>
    {
        json.WriteString("type", type);
        if (id is { } request)
        {
            json.WriteNumber("in_reply_to", request);
        }

        fields?.Invoke(json);
    });
}
