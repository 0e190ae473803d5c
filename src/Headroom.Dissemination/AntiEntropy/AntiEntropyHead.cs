using System.Buffers.Binary;

namespace Headroom.Dissemination.AntiEntropy;

/// <summary>What a message of anti-entropy says.</summary>
public enum AntiEntropyVerb : byte
{
    /// <summary>The payload of the one broadcast named follows as the body.</summary>
    Payload = 1,

    /// <summary>Send me these.</summary>
    Want = 2,

    /// <summary>All I have below a node of the tree of hashes; below the root, all I have.</summary>
    List = 3,

    /// <summary>The hash of my root.</summary>
    Root = 4,

    /// <summary>The hashes of a node's sixteen children.</summary>
    Node = 5,
}

/// <summary>
/// The head of a message of anti-entropy, little endian: the verb (1); for a list or node its level (1) and prefix (4); then words of eight bytes, numbers of
/// broadcasts or hashes: one for a payload or root, sixteen for a node, at least one for a want.
/// </summary>
public readonly ref struct AntiEntropyHead
{
    /// <summary>The most numbers in a list or want: what a head of 16 kB holds.</summary>
    public const int ListMax = 2046;

    public const int PlaceLength = 6;

    private readonly ReadOnlySpan<byte> _words;

    private AntiEntropyHead(AntiEntropyVerb verb, int level, int prefix, ReadOnlySpan<byte> words)
    {
        Verb = verb;
        Level = level;
        Prefix = prefix;
        _words = words;
    }

    public AntiEntropyVerb Verb { get; }

    public int Level { get; }

    public int Prefix { get; }

    public int Count => _words.Length / 8;

    public long this[int i] => BinaryPrimitives.ReadInt64LittleEndian(_words[(8 * i)..]);

    public bool Lists(long number)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i] == number)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes what stands before the words of a list or node.</summary>
    public static void WritePlace(Span<byte> into, AntiEntropyVerb verb, int level, int prefix)
    {
        into[0] = (byte)verb;
        into[1] = (byte)level;
        BinaryPrimitives.WriteInt32LittleEndian(into[2..], prefix);
    }

    /// <summary>Reads a head; false for anything that is not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AntiEntropyHead head)
    {
        head = default;
        if (bytes.IsEmpty || bytes[0] is < (byte)AntiEntropyVerb.Payload or > (byte)AntiEntropyVerb.Node)
        {
            return false;
        }

        var verb = (AntiEntropyVerb)bytes[0];
        bool hasPlace = verb is AntiEntropyVerb.List or AntiEntropyVerb.Node;
        int start = hasPlace ? PlaceLength : 1;
        if (bytes.Length < start || (bytes.Length - start) % 8 != 0)
        {
            return false;
        }

        head = new AntiEntropyHead(verb, hasPlace ? bytes[1] : 0, hasPlace ? BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]) : 0, bytes[start..]);
        return verb switch
        {
            AntiEntropyVerb.Payload or AntiEntropyVerb.Root => head.Count == 1,
            AntiEntropyVerb.Want => head.Count is > 0 and <= ListMax,
            AntiEntropyVerb.List => head.Count <= ListMax,
            _ => head.Count == HashTrees.Fanout,
        };
    }
}
