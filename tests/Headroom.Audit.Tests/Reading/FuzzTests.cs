using Headroom.Audit.Reading;
using Headroom.Audit.Systems;
using Headroom.Kernel.Randomness;
using Headroom.Tests;

namespace Headroom.Audit.Tests.Reading;

/// <summary>Mutated system files: each is read or refused in words; none crashes or hangs.</summary>
public sealed class FuzzTests
{
    private const int Mutations = 12_000;
    private static readonly string[] Pieces =
    [
        ": ", "\n", "  ", "- ", "{", "}", "[", "]", "\"", "'", "%", "&a", "*a", "!!binary", "|", ">", "#", "---", "...", "\t", "1e308", "-1", "NaN", "0x10", "9999999999999999999", "120 %",
        "activities:", "kind: send", "now: rs(4,2)", "members: 1e30", "loss: 101 %", "\u0000", "\uFEFF", "é", "💥", ",", "(", ")", "? ", "<<: *a", "2 kB", "@", "`",
    ];

    [Fact]
    public void TwelveThousandMutatedSystemFilesAreReadOrRefusedInWords()
    {
        string directory = Path.Combine(SharedData.RepositoryRoot(), "samples", "atlas");
        string original = File.ReadAllText(Path.Combine(directory, "system.yaml"));
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            RandomStream random = new Seed(20).Named("fuzz").At(i).Stream();
            string text = Mutate(original, ref random);
            try
            {
                _ = SystemFile.Parse(text, "fuzz.yaml", directory);
            }
            catch (InputException e)
            {
                refused++;
                e.Problem.ShouldNotBeNullOrWhiteSpace();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"mutation {i} crashed the reader:\n{text}", e);
            }
        }

        // The mutations bite, and not every one of them kills.
        refused.ShouldBeInRange(Mutations / 4, Mutations - 1);
    }

    private static string Mutate(string text, ref RandomStream random)
    {
        int edits = 1 + random.Below(4);
        for (int e = 0; e < edits && text.Length > 0; e++)
        {
            int at = random.Below(text.Length);
            int length = Math.Min(text.Length - at, random.Below(random.Bernoulli(0.2) ? 200 : 8));
            text = random.Below(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Below(Pieces.Length)]),
                2 => text.Remove(at, length).Insert(at, Pieces[random.Below(Pieces.Length)]),
                3 => text.Insert(at, text.Substring(random.Below(text.Length - length + 1), length)),
                _ => random.Bernoulli(0.1) ? text[..at] : text.Remove(at, 1).Insert(at, ((char)(32 + random.Below(96))).ToString()),
            };
        }

        return text;
    }
}
