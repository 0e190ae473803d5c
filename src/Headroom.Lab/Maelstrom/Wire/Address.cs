using System.Globalization;

namespace Headroom.Lab.Maelstrom.Wire;

internal enum AddressKind : byte
{
    Unknown,
    Node,
    Client,
    Service,
}

/// <summary>Who: <c>n0</c> and on are nodes, <c>c0</c> and on clients; services have their names.</summary>
internal readonly record struct Address(AddressKind Kind, int Index)
{
    public static readonly IReadOnlyList<string> Services = ["lin-kv", "seq-kv", "lww-kv", "lin-tso"];

    public override string ToString() => Kind switch
    {
        AddressKind.Node => NodeName(Index),
        AddressKind.Client => "c" + Index.ToString(CultureInfo.InvariantCulture),
        AddressKind.Service => Services[Index],
        _ => "?",
    };

    public static string NodeName(int node) => "n" + node.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a name; unknown for one that is nobody's (a node beyond the last among them).</summary>
    public static Address Of(string name, int nodes)
    {
        if (name.Length is >= 2 and <= 10 && name[0] is 'n' or 'c' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && (name.Length == 2 || name[1] != '0'))
        {
            return name[0] == 'c' ? new Address(AddressKind.Client, index) : index < nodes ? new Address(AddressKind.Node, index) : default;
        }

        for (int service = 0; service < Services.Count; service++)
        {
            if (Services[service] == name)
            {
                return new Address(AddressKind.Service, service);
            }
        }

        return default;
    }
}
