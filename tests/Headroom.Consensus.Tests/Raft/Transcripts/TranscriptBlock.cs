namespace Headroom.Consensus.Tests.Raft.Transcripts;

/// <summary>One command of a transcript: <c>command arguments</c>, lines of input, <c>----</c>, and what is expected up to the next empty line.</summary>
internal sealed record TranscriptBlock(int Line, string Command, IReadOnlyList<(string Name, string[] Values)> Arguments, string Input, string Expected)
{
    public static List<TranscriptBlock> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var blocks = new List<TranscriptBlock>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]) || lines[i].StartsWith('#'))
            {
                continue;
            }

            int start = i;
            int rule = Array.IndexOf(lines, "----", i);
            int end = rule;
            while (end < lines.Length && lines[end].Length > 0)
            {
                end++;
            }

            string directive = lines[start];
            int blank = directive.IndexOf(' ');
            blocks.Add(new TranscriptBlock(start + 1, blank < 0 ? directive : directive[..blank], ArgumentsOf(blank < 0 ? "" : directive[blank..]),
                string.Join('\n', lines[(start + 1)..rule]), string.Join('\n', lines[(rule + 1)..end])));
            i = end;
        }

        return blocks;
    }

    public string[]? this[string name] => Arguments.FirstOrDefault(argument => argument.Name == name).Values;

    /// <summary>The arguments without a value that are numbers.</summary>
    public int[] Numbers => [.. Arguments.Where(argument => argument.Values.Length == 0 && int.TryParse(argument.Name, out _)).Select(argument => int.Parse(argument.Name))];

    private static List<(string, string[])> ArgumentsOf(string text)
    {
        var arguments = new List<(string, string[])>();
        for (int at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            int end = at;
            int depth = 0;
            for (; end < text.Length && (depth > 0 || text[end] != ' '); end++)
            {
                depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
            }

            string[] parts = text[at..end].Split('=', 2);
            string[] values = parts.Length == 1 ? [] : parts[1].Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            arguments.Add((parts[0], values));
            at = end;
        }

        return arguments;
    }
}
