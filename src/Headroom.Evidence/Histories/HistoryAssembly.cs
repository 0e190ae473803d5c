using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability.Models;

namespace Headroom.Evidence.Histories;

/// <summary>
/// Turns events into operations. An operation begins with <c>invoke</c> and is answered by the next event of its process: <c>ok</c>; <c>fail</c>, and then it certainly did not
/// take effect; or <c>info</c>, and then nobody will ever know. A compare-and-set that failed is told as one that found another value only if it is answered <c>ok</c>.
/// </summary>
internal sealed class HistoryAssembly
{
    public const int EventsMax = 2_000_000;

    /// <summary>Characters of all different texts at most.</summary>
    public const int CharactersMax = 30_000_000;

    private readonly IReadOnlyList<HistoryEvent> _events;
    private readonly SequentialModel _model;
    private readonly HistoryBuilder _builder;
    private readonly bool _isKeyed;
    private readonly Dictionary<long, (int Operation, OperationKind Kind, HistoryEvent Call)> _open = [];
    private readonly Dictionary<long, int> _clients = [];

    private HistoryAssembly(IReadOnlyList<HistoryEvent> events, SequentialModel model, bool absentIsEmpty)
    {
        _events = events;
        _model = model;
        _isKeyed = AreKeyed();
        _builder = new HistoryBuilder
        {
            Clock = HistoryClock.Events,
            Form = HasTexts() ? ValueForm.Texts : ValueForm.Numbers,
            Absent = absentIsEmpty ? SequenceTable.Empty : Value.None,
        };
    }

    public static History Build(IReadOnlyList<HistoryEvent> events, SequentialModel model, bool absentIsEmpty) => new HistoryAssembly(events, model, absentIsEmpty).Build();

    private History Build()
    {
        for (int i = 0; i < _events.Count; i++)
        {
            HistoryEvent what = _events[i];
            OperationKind kind = HistoryFunctions.Kind(_model, what);
            if (what.Kind == HistoryEventKind.Invoke)
            {
                Call(what, kind, i);
            }
            else
            {
                Answer(what, kind, i);
            }

            if (_builder.Sequences.Numbers > CharactersMax)
            {
                throw what.Wrong($"the history's texts hold more than {CharactersMax:N0} characters");
            }
        }

        return _builder.Build();
    }

    private void Call(HistoryEvent what, OperationKind kind, int at)
    {
        if (_open.TryGetValue(what.Process, out var open))
        {
            throw what.Wrong($"process {what.Process} calls {what.Function} while its {open.Call.Function} of line {open.Call.Line} is not answered: a process waits for ok, fail or info before it calls again");
        }

        if (!_clients.TryGetValue(what.Process, out int client))
        {
            client = _clients.Count;
            _clients.Add(what.Process, client);
        }

        HistoryTerm value = Unkeyed(what.Value);
        (long input, long expected) = kind switch
        {
            OperationKind.CompareAndSet => value.IsPair ? (Scalar(value.Items[1]), Scalar(value.Items[0]))
                : throw At(value, what).Wrong($"a compare-and-set takes the expected and the new value, such as [1 2]; found {value}"),
            OperationKind.Read or OperationKind.Delete or OperationKind.Dequeue or OperationKind.Members => (Value.None, Value.None),
            _ when value.IsNil && kind != OperationKind.Write => throw what.Wrong($"{what.Function} takes a value; found nil"),
            _ => (Scalar(value), Value.None),
        };
        int key = what.Key is { } named ? _builder.Key(Name(named)) : _isKeyed ? _builder.Key(Name(what.Value.Items[0])) : 0;
        int process = (int)Math.Min(what.Process, int.MaxValue);
        _open.Add(what.Process, (_builder.Call(process, key, kind, at, input, expected, what.Line), kind, what));
    }

    private void Answer(HistoryEvent what, OperationKind kind, int at)
    {
        if (!_open.Remove(what.Process, out var open))
        {
            throw what.Wrong($"process {what.Process} is answered {what.Function}, but has called nothing; an invoke of the same process is expected before it");
        }

        if (kind != open.Kind)
        {
            throw what.Wrong($"process {what.Process} called {open.Call.Function} in line {open.Call.Line} and is answered {what.Function}");
        }

        if (what.Key is { } key && (open.Call.Key is not { } called || !called.Says(key)))
        {
            throw what.Wrong($"process {what.Process} called {open.Call.Function} on the key {open.Call.Key?.ToString() ?? "of no name"} in line {open.Call.Line} and is answered on the key {key}");
        }

        if (what.Kind == HistoryEventKind.Fail)
        {
            _builder.Fail(open.Operation);
        }
        else if (what.Kind == HistoryEventKind.Ok)
        {
            _builder.Return(open.Operation, at, Output(what, open.Call, kind));
        }
    }

    private long Output(HistoryEvent what, HistoryEvent call, OperationKind kind)
    {
        if (_isKeyed && !(what.Value.IsPair && what.Value.Items[0].Says(call.Value.Items[0])))
        {
            throw what.Wrong($"the answer to {call.Function} on the key {call.Value.Items[0]} is a pair of that key and a value; found {what.Value}");
        }

        HistoryTerm value = Unkeyed(what.Value);
        switch (kind)
        {
            case OperationKind.Read or OperationKind.Dequeue:
                return Scalar(value);
            case OperationKind.Members:
                return value.Kind == TermKind.Sequence ? Members(value) : throw At(value, what).Wrong($"the answer to {what.Function} is the set's elements, such as [1 2]; found {value}");
            case OperationKind.Contains:
                return value.Kind == TermKind.Boolean ? value.Number : throw At(value, what).Wrong($"the answer to {what.Function} is true or false; found {value}");
            case OperationKind.CompareAndSet or OperationKind.Add or OperationKind.Remove when value.Kind == TermKind.Boolean:
                return value.Number;
            default:
                if (!value.IsNil && !value.Says(Unkeyed(call.Value)))
                {
                    throw At(value, what).Wrong($"{what.Function} was called with {Unkeyed(call.Value)} in line {call.Line} and is answered with {value}; the same again or nil is expected");
                }

                return kind == OperationKind.CompareAndSet ? Value.True : Value.None;
        }
    }

    private long Members(HistoryTerm value)
    {
        long[] elements = [.. value.Items.Select(Scalar).Order()];
        for (int i = 1; i < elements.Length; i++)
        {
            if (elements[i] == elements[i - 1])
            {
                throw value.Wrong("an element stands twice in the set that was read");
            }
        }

        return _builder.Sequences.Of(elements);
    }

    private long Scalar(HistoryTerm term) => term.Kind switch
    {
        TermKind.Nil => _builder.Absent,
        TermKind.Number when _builder.Form == ValueForm.Numbers => term.Number,
        TermKind.Text or TermKind.Keyword when _builder.Form == ValueForm.Texts => _builder.Sequences.OfText(term.Text),
        TermKind.Number => throw term.Wrong($"this history's values are texts; found the number {term}"),
        _ => throw term.Wrong($"a number, a text or nil is expected; found {term}"),
    };

    /// <summary>Values are texts if a call hands one over, or appends.</summary>
    private bool HasTexts() => _events.Any(what => what.Kind is HistoryEventKind.Invoke or HistoryEventKind.Ok && (what.Function == "append" || HoldsText(Unkeyed(what.Value))));

    private static bool HoldsText(HistoryTerm value) => value.Kind is TermKind.Text or TermKind.Keyword || (value.Kind == TermKind.Sequence && value.Items.Any(HoldsText));

    /// <summary>True if every call hands over a pair of a key and what an operation takes.</summary>
    private bool AreKeyed()
    {
        HistoryEvent[] calls = [.. _events.Where(what => what.Kind == HistoryEventKind.Invoke)];
        bool IsKeyed(HistoryEvent what) => what.Key is null && what.Value.IsPair && (what.Function != "cas" || what.Value.Items[1].Kind == TermKind.Sequence);
        int keyed = calls.Count(IsKeyed);
        return keyed > 0 && (keyed == calls.Length ? true
            : throw calls.First(what => !IsKeyed(what)).Wrong($"other calls hand over a pair of a key and a value, as that of line {calls.First(IsKeyed).Line}; this one does not"));
    }

    private HistoryTerm Unkeyed(HistoryTerm value) => _isKeyed && value.IsPair ? value.Items[1] : value;

    private static HistoryTerm At(HistoryTerm value, HistoryEvent what) => value.Line > 0 ? value : value with { Line = what.Line, Column = what.Column };

    private static string Name(HistoryTerm key) => key.Kind switch
    {
        TermKind.Number => $"{key.Number}",
        TermKind.Text or TermKind.Keyword => key.Text,
        _ => throw key.Wrong($"a key is a number or a text; found {key}"),
    };
}
