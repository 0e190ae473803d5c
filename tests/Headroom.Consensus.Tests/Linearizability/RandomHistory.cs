using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Linearizability;

/// <summary>Small histories of any model: intervals drawn at random (moments often equal), answers of a real order, some of them spoilt.</summary>
internal static class RandomHistory
{
    private static readonly string[] Texts = ["a", "b", "ab", ""];

    public static History Draw(SequentialModel model, int operations, Seed seed)
    {
        RandomStream random = seed.Stream();
        bool hasTexts = model.Name == "kv";
        var builder = new HistoryBuilder { Form = hasTexts ? ValueForm.Texts : ValueForm.Numbers };
        if (hasTexts || (model.Name == "set" && random.Bernoulli(0.5)))
        {
            // Names for every text and every list that can be answered.
            foreach (string text in Texts)
            {
                builder.Sequences.OfText(text);
            }
        }

        int keys = 1 + random.Below(2);
        double spoilt = random.Bernoulli(0.8) ? 0.4 : 0;
        double pending = random.Bernoulli(0.4) ? 0.3 : 0;
        bool readsWhole = random.Bernoulli(0.6);
        OperationKind[] kinds = [.. model.Operations.Select(o => o.Kind).Distinct().Where(k => k != OperationKind.Members || readsWhole)];
        var drawn = new List<(long Moment, long Call, long Return, OperationKind Kind, int Key, long Input, long Expected)>();
        for (int i = 0; i < operations; i++)
        {
            long call = random.Below(4 * operations);
            long length = random.Below(operations);
            OperationKind kind = kinds[random.Below(kinds.Length)];
            drawn.Add((call + random.Below((int)length + 1), call, call + length, kind, random.Below(keys), Input(kind, hasTexts, builder, ref random), Something(hasTexts, builder, ref random)));
        }

        var states = new Dictionary<int, List<long>>();
        foreach (var (_, call, end, kind, key, input, expected) in drawn.OrderBy(d => d.Moment))
        {
            int operation = builder.Call(builder.Count, key, kind, call, input, expected);
            List<long> state = states.TryGetValue(key, out List<long>? held) ? held : states[key] = [];
            bool takesEffect = !random.Bernoulli(pending);
            long output = takesEffect || random.Bernoulli(0.5) ? Act(state, kind, input, expected, builder, ref random) : Value.None;
            if (takesEffect)
            {
                builder.Return(operation, end, random.Bernoulli(spoilt) ? Spoilt(kind, hasTexts, builder, ref random) : output);
            }
        }

        return builder.Build();
    }

    private static long Input(OperationKind kind, bool hasTexts, HistoryBuilder builder, ref RandomStream random) => kind switch
    {
        OperationKind.Read or OperationKind.Delete or OperationKind.Dequeue or OperationKind.Members => Value.None,
        _ => hasTexts ? builder.Sequences.OfText(Texts[random.Below(Texts.Length)]) : random.Below(3),
    };

    private static long Something(bool hasTexts, HistoryBuilder builder, ref RandomStream random) =>
        random.Bernoulli(0.3) ? Value.None : Input(OperationKind.Write, hasTexts, builder, ref random);

    private static long Spoilt(OperationKind kind, bool hasTexts, HistoryBuilder builder, ref RandomStream random) => kind switch
    {
        OperationKind.Read => Something(hasTexts, builder, ref random),
        OperationKind.Dequeue => Something(false, builder, ref random),
        OperationKind.CompareAndSet or OperationKind.Contains => random.Below(2),
        OperationKind.Add or OperationKind.Remove => random.Below(2),
        OperationKind.Members => builder.Sequences.Extend(SequenceTable.Empty, random.Bernoulli(0.5) ? [0, 2] : [1]),
        _ => Value.None,
    };

    private static long Act(List<long> state, OperationKind kind, long input, long expected, HistoryBuilder builder, ref RandomStream random)
    {
        long value = state.Count > 0 ? state[0] : Value.None;
        bool isThere = state.Contains(input);
        switch (kind)
        {
            case OperationKind.Read:
                return value;
            case OperationKind.CompareAndSet when value != expected:
                return Value.False;
            case OperationKind.Write or OperationKind.CompareAndSet:
                state.Clear();
                state.Add(input);
                return kind == OperationKind.Write ? Value.None : Value.True;
            case OperationKind.Append:
                state.Clear();
                state.Add(value == Value.None ? input : builder.Sequences.Concatenate((int)value, (int)input));
                return Value.None;
            case OperationKind.Delete:
                state.Clear();
                return Value.None;
            case OperationKind.Enqueue:
                state.Add(input);
                return Value.None;
            case OperationKind.Dequeue:
                state.RemoveRange(0, Math.Min(1, state.Count));
                return value;
            case OperationKind.Members:
                return builder.Sequences.Extend(SequenceTable.Empty, [.. state.Order()]);
            case OperationKind.Contains:
                return isThere ? Value.True : Value.False;
            case OperationKind.Add:
                state.Remove(input);
                state.Add(input);
                return random.Bernoulli(0.5) ? Value.None : isThere ? Value.False : Value.True;
            default:
                state.Remove(input);
                return random.Bernoulli(0.5) ? Value.None : isThere ? Value.True : Value.False;
        }
    }
}
