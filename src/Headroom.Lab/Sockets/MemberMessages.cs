using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headroom.Lab.Groups;

namespace Headroom.Lab.Sockets;

/// <summary>What the parent asks of a process of members, a line of JSON each; each is answered by a line.</summary>
internal sealed record MemberAsk(string Do)
{
    public const string Open = "open";
    public const string Start = "start";
    public const string Crash = "crash";
    public const string Ask = "ask";
    public const string Begin = "begin";
    public const string Status = "status";
    public const string Report = "report";
    public const string Meet = "meet";

    public string? Address { get; init; }

    public IReadOnlyList<MemberAddress>? Endpoints { get; init; }

    public IReadOnlyList<int>? Members { get; init; }

    public IReadOnlyList<MemberRequest>? Requests { get; init; }

    public long Timestamp { get; init; }
}

internal sealed record MemberAddress(int Member, string Address, int Port)
{
    public static MemberAddress Of((int Member, IPEndPoint Endpoint) at) => new(at.Member, at.Endpoint.Address.ToString(), at.Endpoint.Port);

    public (int Member, IPEndPoint Endpoint) Read() => (Member, new IPEndPoint(IPAddress.Parse(Address), Port));
}

internal sealed record MemberAnswer
{
    public IReadOnlyList<MemberAddress>? Endpoints { get; init; }

    public LabStatus? Status { get; init; }

    public MemberReport? Report { get; init; }

    public GroupStatus? Group { get; init; }
}

internal static class MemberLines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write<T>(T message) => JsonSerializer.Serialize(message, Options);

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("null");
}
