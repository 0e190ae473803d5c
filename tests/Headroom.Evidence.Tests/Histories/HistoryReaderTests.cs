using Headroom.Consensus.Histories;
using Headroom.Consensus.Linearizability;
using Headroom.Consensus.Linearizability.Models;
using Headroom.Evidence.Histories;

namespace Headroom.Evidence.Tests.Histories;

public sealed class HistoryReaderTests
{
    private const string Log = """
        2014-08-12 17:00:01,123 INFO  jepsen.util - :nemesis :info :start nil
        INFO  jepsen.core - Setup complete
        INFO  jepsen.util - 0	:invoke	:write	4
        INFO  jepsen.util - 1	:invoke	:cas	[4 2]
        INFO  jepsen.util - 0	:ok	:write	4
        INFO  jepsen.util - 1	:info	:cas	:timed-out
        INFO  jepsen.util - 2	:invoke	:cas	[9 1]
        INFO  jepsen.util - 2	:fail	:cas	[9 1]
        INFO  jepsen.util - 2	:invoke	:read	nil
        INFO  jepsen.util - 2	:ok	:read	2
        INFO  jepsen.util - 3	:invoke	:read	nil
        """;

    private const string Keyed = """
        [{:process 0, :type :invoke, :f :write, :value [x 1], :index 0, :time 10}
         {:process :nemesis, :type :info, :f :kill, :value ["n1"], :index 1, :time 11}
         {:process 1, :type :invoke, :f :cas, :value [x [1 2]], :index 2, :time 12} ; a comment
         #_ {:process 9} {:process 0, :type :ok, :f :write, :value [x 1], :index 3, :time 12}
         #jepsen.history.Op {:process 1, :type :ok, :f :cas, :value [x [1 2]], :index 4, :time 13}
         {:process 0, :type :invoke, :f :read, :value [y nil], :index 5, :time 14}
         {:process 0, :type :ok, :f :read, :value [y nil], :index 6, :time 15}]
        """;

    [Fact]
    public void AJepsenLogIsReadWithItsTimedOutAndItsFailedOperations()
    {
        HistoryFile file = HistoryReader.Read(Log);

        (file.Format, file.Model).ShouldBe((HistoryFormat.Jepsen, ModelRegistry.CasRegister));
        Operation[] operations = file.History.Operations.ToArray();
        operations.Select(o => (o.Client, o.Kind, o.IsPending)).ShouldBe(
            [(0, OperationKind.Write, false), (1, OperationKind.CompareAndSet, true), (2, OperationKind.Read, false), (3, OperationKind.Read, true)]);
        operations[1].ShouldBe(new Operation(1, 0, OperationKind.CompareAndSet, 1, Operation.Never, 2, 4, Value.None));
        file.History.FailedCount.ShouldBe(1);
        file.History.Lines.ShouldBe([3, 4, 9, 11]);
        file.Model.Checker().Check(file.History).Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
    }

    [Fact]
    public void KeyedValuesAreIndependentObjects()
    {
        HistoryFile file = HistoryReader.Read(Keyed);

        (file.Format, file.Model).ShouldBe((HistoryFormat.Edn, ModelRegistry.CasRegister));
        file.History.KeyNames.ShouldBe(["x", "y"]);
        file.History.Operations[1].ShouldBe(new Operation(1, 0, OperationKind.CompareAndSet, 1, 3, 2, 1, Value.True));
        file.History.Operations[2].Output.ShouldBe(Value.None);
    }

    [Fact]
    public void JsonSaysTheSameAsEdn()
    {
        string json = """
            {"process": 0, "type": "invoke", "f": "write", "key": "x", "value": 1}
            {"process": 1, "type": "invoke", "f": "cas", "key": "x", "value": [1, 2]}
            {"process": 0, "type": "ok", "f": "write", "key": "x"}
            {"process": 1, "type": "ok", "f": "cas", "key": "x", "value": true}
            {"process": 0, "type": "invoke", "f": "read", "key": "y"}
            {"process": 0, "type": "ok", "f": "read", "key": "y", "value": null}
            """;
        History lines = HistoryReader.Read(json).History;
        History array = HistoryReader.Read($"[{json.Replace("}\n", "},\n", StringComparison.Ordinal)}]").History;

        foreach (History history in new[] { lines, array })
        {
            history.Operations.ToArray().ShouldBe(HistoryReader.Read(Keyed).History.Operations.ToArray());
            history.KeyNames.ShouldBe(["x", "y"]);
        }
    }

    [Fact]
    public void AStoreWhoseKeysAreNamedHoldsEmptyTextsUnderKeysThatAreNotThere()
    {
        string text = """
            {:process 0, :type :invoke, :f :get, :key "k", :value nil}
            {:process 0, :type :ok, :f :get, :key "k", :value ""}
            {:process 0, :type :invoke, :f :append, :key "k", :value "ab"}
            {:process 0, :type :ok, :f :append, :key "k", :value "ab"}
            {:process 0, :type :invoke, :f :append, :key "k", :value "c"}
            {:process 0, :type :ok, :f :append, :key "k", :value "c"}
            {:process 0, :type :invoke, :f :get, :key "k", :value nil}
            {:process 0, :type :ok, :f :get, :key "k", :value "abc"}
            """;
        HistoryFile file = HistoryReader.Read(text);
        (file.Format, file.Model).ShouldBe((HistoryFormat.Kv, ModelRegistry.KeyValue));
        file.Model.Checker().Check(file.History).Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
        HistoryFile wrong = HistoryReader.Read(text.Replace("\"abc\"", "\"acb\"", StringComparison.Ordinal));
        wrong.Model.Checker().Check(wrong.History).Verdict.ShouldBe(LinearizabilityVerdict.NotLinearizable);
    }

    [Fact]
    public void QueuesAndSetsAreRecognisedByTheirOperations()
    {
        HistoryFile queue = HistoryReader.Read("""
            {:process 0, :type :invoke, :f :enqueue, :value 1} {:process 0, :type :ok, :f :enqueue, :value 1}
            {:process 0, :type :invoke, :f :dequeue, :value nil} {:process 0, :type :ok, :f :dequeue, :value 1}
            {:process 0, :type :invoke, :f :dequeue, :value nil} {:process 0, :type :ok, :f :dequeue, :value nil}
            """);
        HistoryFile set = HistoryReader.Read("""
            {:process 0, :type :invoke, :f :add, :value 2} {:process 0, :type :ok, :f :add, :value true}
            {:process 0, :type :invoke, :f :add, :value 1} {:process 0, :type :ok, :f :add, :value 1}
            {:process 0, :type :invoke, :f :contains, :value 7} {:process 0, :type :ok, :f :contains, :value false}
            {:process 0, :type :invoke, :f :read, :value nil} {:process 0, :type :ok, :f :read, :value #{2 1}}
            """);
        foreach (HistoryFile file in new[] { queue, set })
        {
            file.Model.ShouldBe(file == queue ? ModelRegistry.Queue : ModelRegistry.Set);
            file.Model.Checker().Check(file.History).Verdict.ShouldBe(LinearizabilityVerdict.Linearizable);
        }
    }

    [Theory]
    [InlineData(1, 21, "no model has an operation 'raed' (did you mean read?)", "INFO  jepsen.util - 0\t:invoke\t:raed\tnil")]
    [InlineData(1, 1, "process 0 is answered read, but has called nothing", "{:process 0 :type :ok :f :read :value 1}")]
    [InlineData(2, 1, "process 0 calls write while its read of line 1 is not answered", "{:process 0 :type :invoke :f :read}\n{:process 0 :type :invoke :f :write :value 1}")]
    [InlineData(2, 1, "called read in line 1 and is answered write", "{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :write :value 1}")]
    [InlineData(2, 40, "is answered with 2; the same again or nil", "{:process 0 :type :invoke :f :write :value 1}\n{:process 0 :type :ok :f :write :value 2}")]
    [InlineData(1, 19, "no type 'invok' (did you mean invoke?)", "{:process 0 :type :invok :f :read}")]
    [InlineData(1, 1, "the event has no 'f'", "{:process 0 :type :invoke}")]
    [InlineData(2, 32, "index 3 follows index 4", "{:process 0 :index 4 :type :invoke :f :read}\n{:process 1 :type :info :index 3 :f :read}")]
    [InlineData(1, 42, "such as [1 2]; found 3", "{:process 0 :type :invoke :f :cas :value 3}")]
    [InlineData(1, 1, "'{' is never closed", "{:process 0")]
    [InlineData(1, 1, "the last key has no value", "{:process 0 :type}")]
    [InlineData(1, 11, "whole numbers", "{:process 1.5}")]
    [InlineData(2, 1, "other calls hand over a pair", "{:process 0 :type :invoke :f :write :value [a 1]}\n{:process 1 :type :invoke :f :write :value 2}")]
    [InlineData(2, 1, "a pair of that key", "{:process 0 :type :invoke :f :read :value [a nil]}\n{:process 0 :type :ok :f :read :value [b 1]}")]
    [InlineData(2, 44, "values are texts; found the number 2", "{:process 0 :type :invoke :f :write :value \"a\"}\n{:process 1 :type :invoke :f :write :value 2}")]
    [InlineData(1, 1, "no history is recognised", "hello")]
    [InlineData(0, 0, "no operation in the log", "INFO  jepsen.util - :nemesis :info :start")]
    [InlineData(1, 21, "the number of a process", "INFO  jepsen.util - x :invoke :read nil")]
    [InlineData(2, 1, "not JSON", "{\"process\": 0,\n]")]
    [InlineData(1, 13, "a process is a number", "{\"process\": -1, \"type\": \"ok\", \"f\": \"read\"}")]
    [InlineData(2, 1, "has no operation 'dequeue'", "{:process 0 :type :invoke :f :write :value 1}\n{:process 1 :type :invoke :f :dequeue}", "register")]
    public void WhatIsWrongIsSaidWithItsPlace(int line, int column, string problem, string text, string? model = null)
    {
        var e = Should.Throw<MalformedException>(() => HistoryReader.Read(text, HistoryFormat.Auto, ModelRegistry.All.FirstOrDefault(m => m.Name == model)));
        e.Problem.ShouldContain(problem);
        e.Line.ShouldBe(line);
        e.Column.ShouldBe(column);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{:process ")]
    [InlineData("#_ ")]
    [InlineData("#a ")]
    [InlineData("{\"process\":[")]
    public void DepthWithoutEndIsRefused(string opening)
    {
        string text = ":process " + string.Concat(Enumerable.Repeat(opening, 200_000));
        Should.Throw<MalformedException>(() => HistoryReader.Read(text));
        Should.Throw<MalformedException>(() => HistoryReader.Read(text[9..]));
    }

    [Fact]
    public void DamagedFilesAreRefusedNeverMisread()
    {
        // Every prefix, and every character replaced: an error with a place, or a history.
        foreach (string text in new[] { Log, Keyed })
        {
            for (int i = 0; i < text.Length; i++)
            {
                foreach (string damaged in new[] { text[..i], string.Concat(text.AsSpan(0, i), "}", text.AsSpan(i + 1)), string.Concat(text.AsSpan(0, i), "\"", text.AsSpan(i + 1)) })
                {
                    try
                    {
                        HistoryReader.Read(damaged).History.Operations.Length.ShouldBePositive();
                    }
                    catch (MalformedException e)
                    {
                        e.Line.ShouldBeInRange(0, 12);
                    }
                }
            }
        }
    }
}
