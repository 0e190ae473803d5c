using System.Text;
using Headroom.Consensus.Protocols;
using Headroom.Dissemination.Protocols;

namespace Headroom.Audit.Report;

/// <summary>The records of the protocols as text: <c>headroom protocols</c>, and docs/protocols.md.</summary>
public static class ProtocolsPage
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("# Ways of broadcasting\n\n");
        text.Append("Written from the records of the code: `./headroom protocols --markdown > docs/protocols.md`. n members, E links, f fan-out, d degree, k arity, p a probability, ");
        text.Append("b bytes of a message with the payload and c of one without. `headroom compare broadcast` holds these formulas against runs and floors.\n");
        foreach (BroadcastProtocol entry in BroadcastRegistry.All)
        {
            Protocol protocol = entry.Example.Protocol;
            text.Append($"\n## {entry.Name}\n\n`{entry.Form.Signature}`: {entry.Form.Summary}.\n\n");
            text.Append("| | best | average | worst |\n|---|---|---|---|\n");
            Row(text, "messages", protocol.Messages);
            Row(text, "rounds", protocol.Rounds);
            Row(text, "bytes", protocol.Bytes);
            text.Append($"\n- Latency: {protocol.Latency}.\n- Guarantee: {protocol.Guarantee}.\n- Consistency: {protocol.Consistency}.\n- Faults: {protocol.FaultModel}.\n- Scale: {protocol.ScaleLimit}.\n- Source: {protocol.Citation.Place}, {References.Text(protocol.Citation.Key)}\n");
        }

        text.Append("\n# Ways of agreeing\n\nn members, b bytes of a command, h of a message's head. Messages, delays and bytes are those among members; a client's own way is one message and one delay more each way. ");
        text.Append("`headroom compare agreement` holds what runs against theory and floors.\n");
        foreach (AgreementProtocol protocol in AgreementRegistry.All)
        {
            text.Append($"\n## {protocol.Name}\n\n{char.ToUpperInvariant(protocol.Summary[0])}{protocol.Summary[1..]}.\n\n| | best | normal | worst |\n|---|---|---|---|\n");
            foreach ((string what, (string best, string normal, string worst)) in Costs(protocol))
            {
                text.Append($"| {what} | {Cell(best)} | {Cell(normal)} | {Cell(worst)} |\n");
            }

            text.Append($"\n- Space of a server: {protocol.Space}.\n- Consistency: {protocol.Consistency}.\n- Faults: {protocol.FaultModel}.\n- Scale: {protocol.ScaleLimit}.\n- Source: {protocol.Citation.Place}, {References.Text(protocol.Citation.Key)}\n");
        }

        return text.ToString();
    }

    /// <summary>One way of agreeing for a terminal.</summary>
    public static string Text(AgreementProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        var text = new StringBuilder();
        text.Append($"{protocol.Name}: {protocol.Summary}\n");
        foreach ((string what, (string best, string normal, string worst)) in Costs(protocol))
        {
            text.Append($"  {what,-18} best {best}; normal {normal}; worst {worst}\n");
        }

        foreach ((string what, string words) in new[] { ("space of a server", protocol.Space), ("consistency", protocol.Consistency), ("withstands", protocol.FaultModel), ("limit of scale", protocol.ScaleLimit), ("source", $"{protocol.Citation}: {References.Text(protocol.Citation.Key)}") })
        {
            text.Append($"  {what,-18} {words}\n");
        }

        return text.ToString();
    }

    /// <summary>One protocol for a terminal.</summary>
    public static string Text(BroadcastProtocol entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Protocol protocol = entry.Example.Protocol;
        var text = new StringBuilder();
        text.Append($"{entry.Form.Signature}: {entry.Form.Summary}\n\n");
        Lines(text, "messages", protocol.Messages);
        Lines(text, "rounds", protocol.Rounds);
        Lines(text, "bytes", protocol.Bytes);
        text.Append($"\nlatency      {protocol.Latency}\nguarantee    {protocol.Guarantee}\nconsistency  {protocol.Consistency}\nfaults       {protocol.FaultModel}\nscale        {protocol.ScaleLimit}\nsource       {protocol.Citation.Place}, {References.Text(protocol.Citation.Key)}\n");
        return text.ToString();
    }

    private static IEnumerable<(string What, (string Best, string Normal, string Worst) Cases)> Costs(AgreementProtocol protocol)
    {
        foreach ((string name, AgreementCosts costs) in new[] { ("write", protocol.Write), ("read", protocol.Read) })
        {
            yield return ($"{name}, messages", costs.Messages);
            yield return ($"{name}, delays", costs.Rounds);
            yield return ($"{name}, bytes", costs.Bytes);
        }
    }

    private static void Row(StringBuilder text, string what, Complexity cost) =>
        text.Append($"| {what} | {Cell(cost.Best)} | {Cell(cost.Average)} | {Cell(cost.Worst)} |\n");

    private static void Lines(StringBuilder text, string what, Complexity cost) =>
        text.Append($"{what,-12} best {cost.Best}; average {cost.Average}; worst {cost.Worst}\n");

    private static string Cell(string formula) => formula.Replace("|", "\\|", StringComparison.Ordinal);
}
