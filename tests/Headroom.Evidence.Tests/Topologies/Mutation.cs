using System.Text;
using Headroom.Kernel.Randomness;

namespace Headroom.Evidence.Tests.Topologies;

/// <summary>A few random edits of a text: characters changed, cut, doubled or inserted, chunks moved, the end lost.</summary>
internal static class Mutation
{
    private const string Alphabet = "0123456789-+.eE <>/\"'&;!\n\t\0\u00e9\ud83d=abcNODES";

    public static string Of(string text, int index)
    {
        RandomStream random = new Seed(21).Named("mutation").At(index).Stream();
        var builder = new StringBuilder(text);
        for (int edits = 1 + random.Below(3); edits > 0 && builder.Length > 1; edits--)
        {
            int at = random.Below(builder.Length);
            int length = 1 + random.Below(Math.Min(20, builder.Length - at));
            switch (random.Below(6))
            {
                case 0:
                    builder[at] = Alphabet[random.Below(Alphabet.Length)];
                    break;
                case 1:
                    builder.Remove(at, length);
                    break;
                case 2:
                    builder.Insert(at, builder.ToString(at, length));
                    break;
                case 3:
                    builder.Insert(at, Alphabet[random.Below(Alphabet.Length)]);
                    break;
                case 4:
                    builder.Insert(random.Below(builder.Length), "99999999999999999999"[..random.Below(20)]);
                    break;
                default:
                    builder.Length = random.Below(4) == 0 ? at + 1 : builder.Length;
                    break;
            }
        }

        return builder.ToString();
    }
}
