using System.Buffers.Binary;
using Headroom.Dissemination.Detection;

namespace Headroom.Dissemination.Swim;

/// <summary>
/// The head of every SWIM message, little endian: verb (1 byte), the requester's period modulo 65,536 (2), subject (4), requester (4), how many news (1),
/// then for each news status (1), incarnation (2), member (4). There is no body.
/// </summary>
public readonly ref struct SwimHead
{
    /// <summary>Bytes before the news.</summary>
    public const int FixedBytes = 12;

    public const int NewsBytes = 7;

    /// <summary>News in one message at most.</summary>
    public const int NewsMax = 100;

    private readonly ReadOnlySpan<byte> _news;

    private SwimHead(SwimVerb verb, ushort period, int subject, int requester, ReadOnlySpan<byte> news)
    {
        Verb = verb;
        Period = period;
        Subject = subject;
        Requester = requester;
        _news = news;
    }

    public SwimVerb Verb { get; }

    public ushort Period { get; }

    /// <summary>Who is asked after.</summary>
    public int Subject { get; }

    /// <summary>Who wants to know.</summary>
    public int Requester { get; }

    public int Count => _news.Length / NewsBytes;

    public SwimNews this[int i]
    {
        get
        {
            ReadOnlySpan<byte> news = _news.Slice(i * NewsBytes, NewsBytes);
            return new SwimNews(BinaryPrimitives.ReadInt32LittleEndian(news[3..]), (MemberStatus)news[0], BinaryPrimitives.ReadUInt16LittleEndian(news[1..]));
        }
    }

    public static int Length(int news) => FixedBytes + (news * NewsBytes);

    /// <summary>Writes a head and gives its bytes.</summary>
    public static int Write(Span<byte> into, SwimVerb verb, int period, int subject, int requester, scoped ReadOnlySpan<SwimNews> news)
    {
        into[0] = (byte)verb;
        BinaryPrimitives.WriteUInt16LittleEndian(into[1..], (ushort)period);
        BinaryPrimitives.WriteInt32LittleEndian(into[3..], subject);
        BinaryPrimitives.WriteInt32LittleEndian(into[7..], requester);
        into[11] = (byte)news.Length;
        for (int i = 0; i < news.Length; i++)
        {
            Span<byte> entry = into.Slice(Length(i), NewsBytes);
            entry[0] = (byte)news[i].Status;
            BinaryPrimitives.WriteUInt16LittleEndian(entry[1..], (ushort)news[i].Incarnation);
            BinaryPrimitives.WriteInt32LittleEndian(entry[3..], news[i].Subject);
        }

        return Length(news.Length);
    }

    /// <summary>Reads a head among so many members; false for anything that is not exactly one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int members, out SwimHead head)
    {
        head = default;
        if (bytes.Length < FixedBytes || bytes[0] is < (byte)SwimVerb.Ping or > (byte)SwimVerb.Leave || bytes[11] > NewsMax || bytes.Length != Length(bytes[11]))
        {
            return false;
        }

        head = new SwimHead((SwimVerb)bytes[0], BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[3..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[7..]), bytes[FixedBytes..]);
        bool isOne = (uint)head.Subject < (uint)members && (uint)head.Requester < (uint)members;
        for (int i = 0; i < head.Count && isOne; i++)
        {
            isOne = bytes[Length(i)] <= (byte)MemberStatus.Dead && (uint)head[i].Subject < (uint)members;
        }

        return isOne;
    }
}
