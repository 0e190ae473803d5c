using Headroom.Consensus.Histories;

namespace Headroom.Consensus.KeyValue;

/// <summary>What clients saw, as one history of texts whose characters are tokens.</summary>
public static class ClientHistory
{
    /// <param name="clients">Whose calls they are.</param>
    /// <param name="builder">Its memory is used again.</param>
    /// <param name="withUnseen">
    /// False leaves out calls that were never answered and whose token nobody ever saw: they may never have taken effect. A history that is linearizable without them is
    /// so with them, and found so far sooner; one that is not without them may be so with them.
    /// </param>
    public static History Of(IReadOnlyList<KeyValueClient> clients, HistoryBuilder builder, bool withUnseen = true)
    {
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(builder);
        builder.Clear();
        HashSet<int>? seen = withUnseen ? null : Seen(clients);
        int number = 0;
        foreach (KeyValueClient client in clients)
        {
            foreach (ClientCall call in client.Calls)
            {
                if (!call.IsPending || seen is null || seen.Contains(call.Command.Token))
                {
                    Add(builder, number, client, call);
                }
            }

            number++;
        }

        return builder.Build();
    }

    private static HashSet<int> Seen(IReadOnlyList<KeyValueClient> clients)
    {
        var seen = new HashSet<int>();
        foreach (KeyValueClient client in clients)
        {
            seen.UnionWith(client.Tokens);
            foreach (ClientCall call in client.Calls)
            {
                if (call.Command.Verb == KeyValueVerb.CompareAndSet && call.HasValue)
                {
                    seen.Add(call.Command.Expected);
                }
            }
        }

        // Nothing has this token: what only observes has no other.
        seen.Remove(0);
        return seen;
    }

    private static void Add(HistoryBuilder builder, int number, KeyValueClient client, in ClientCall call)
    {
        KeyValueCommand command = call.Command;
        SequenceTable texts = builder.Sequences;
        OperationKind kind = command.Verb switch
        {
            KeyValueVerb.Get => OperationKind.Read,
            KeyValueVerb.Put => OperationKind.Write,
            KeyValueVerb.Append => OperationKind.Append,
            _ => OperationKind.CompareAndSet,
        };
        long input = kind == OperationKind.Read ? Value.None : texts.Append(SequenceTable.Empty, command.Token);
        long expected = kind == OperationKind.CompareAndSet ? texts.Append(SequenceTable.Empty, command.Expected) : Value.None;
        int operation = builder.Call(number, command.Key, kind, call.CallNs, input, expected);
        if (call.IsPending)
        {
            return;
        }

        long output = Value.None;
        if (kind == OperationKind.CompareAndSet)
        {
            output = call.HasValue ? Value.True : Value.False;
        }
        else if (call.HasValue)
        {
            int text = SequenceTable.Empty;
            for (int i = 0; i < call.AnswerCount; i++)
            {
                text = texts.Append(text, client.Tokens[call.AnswerStart + i]);
            }

            output = text;
        }

        builder.Return(operation, call.ReturnNs, output);
    }
}
