using System.Buffers.Binary;

namespace Headroom.Dissemination.Mesh;

/// <summary>What a message of a mesh says.</summary>
public enum MeshVerb : byte
{
    /// <summary>The payload of the one broadcast named follows as the body.</summary>
    Payload = 1,

    /// <summary>I have these.</summary>
    IHave = 2,

    /// <summary>Send me these.</summary>
    IWant = 3,

    /// <summary>We are mesh neighbours now.</summary>
    Graft = 4,

    /// <summary>We are no longer.</summary>
    Prune = 5,
}

/// <summary>The head of a mesh message: the verb (1), then numbers of broadcasts (8 each, little endian): one, one to <see cref="ListMax"/>, or none.</summary>
public readonly ref struct MeshHead
{
    public const int ListMax = 128;
    public const int PayloadLength = 9;

    private readonly ReadOnlySpan<byte> _numbers;

    private MeshHead(MeshVerb verb, ReadOnlySpan<byte> numbers)
    {
        Verb = verb;
        _numbers = numbers;
    }

    public MeshVerb Verb { get; }

    public int Count => _numbers.Length / 8;

    public long this[int i] => BinaryPrimitives.ReadInt64LittleEndian(_numbers[(8 * i)..]);

    /// <summary>Reads a head; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MeshHead head)
    {
        head = default;
        if (bytes.IsEmpty || bytes[0] is < (byte)MeshVerb.Payload or > (byte)MeshVerb.Prune || (bytes.Length - 1) % 8 != 0)
        {
            return false;
        }

        head = new MeshHead((MeshVerb)bytes[0], bytes[1..]);
        return head.Verb switch
        {
            MeshVerb.Payload => head.Count == 1,
            MeshVerb.IHave or MeshVerb.IWant => head.Count is > 0 and <= ListMax,
            _ => head.Count == 0,
        };
    }
}
