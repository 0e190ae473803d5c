using System.CommandLine;
using Headroom.Audit.Reading;
using Headroom.Audit.Report;
using Headroom.Consensus.Protocols;
using Headroom.Dissemination.Protocols;
using Headroom.Kernel.Quantities;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom protocols [NAME]</c>: what is known of each way of broadcasting, from its record.</summary>
internal static class ProtocolsCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("protocol") { Description = "one protocol; all in a line each where left out", Arity = ArgumentArity.ZeroOrOne };
        var markdown = new Option<bool>("--markdown") { Description = "all of them as the text of docs/protocols.md" };
        var command = new Command("protocols", "ways of broadcasting and of agreeing: formulas, guarantees, faults, what limits their scale, sources") { name, markdown };
        command.SetAction(parsed =>
        {
            Print(parsed.GetValue(name), parsed.GetValue(markdown));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(string? name, bool markdown)
    {
        if (markdown)
        {
            Console.Write(ProtocolsPage.Markdown());
            return;
        }

        if (name is null)
        {
            foreach (BroadcastProtocol entry in BroadcastRegistry.All)
            {
                Console.WriteLine($"{entry.Form.Signature,-44} {entry.Form.Summary}");
            }

            foreach (AgreementProtocol entry in AgreementRegistry.All)
            {
                Console.WriteLine($"{entry.Name,-44} {entry.Summary}");
            }

            return;
        }

        if (AgreementRegistry.All.FirstOrDefault(entry => entry.Name == name) is { } agreement)
        {
            Console.Write(ProtocolsPage.Text(agreement));
            return;
        }

        BroadcastProtocol? found = BroadcastRegistry.All.FirstOrDefault(entry => entry.Name == name);
        if (found is null)
        {
            string? near = NearestName.Of(name, BroadcastRegistry.All.Select(entry => entry.Name).Concat(AgreementRegistry.All.Select(entry => entry.Name)));
            throw new InputException(new Mark("headroom protocols", 0, 0), $"no protocol '{name}'" + (near is null ? "; headroom protocols lists them" : $" (did you mean {near}?)"));
        }

        Console.Write(ProtocolsPage.Text(found));
    }
}
