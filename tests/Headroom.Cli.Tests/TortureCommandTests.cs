using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom torture</c> as a user types it.</summary>
public sealed class TortureCommandTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void AShortTortureHoldsAndGivesTheSameBytesOnOneThreadAndOnTwo()
    {
        string[] documents = [.. new[] { "1", "2" }.Select(threads =>
        {
            Outcome outcome = _headroom.Run("torture", "raft", "--seeds", "4", "--seed-from", "9", "--seconds", "30", "--operations", "200", "--threads", threads, "--json");
            outcome.ExitCode.ShouldBe(0, outcome.Errors);
            return outcome.Output;
        })];
        documents[0].ShouldBe(documents[1]);
        using var document = JsonDocument.Parse(documents[0]);
        document.RootElement.GetProperty("failed").GetInt32().ShouldBe(0);
        document.RootElement.GetProperty("seeds").GetArrayLength().ShouldBe(4);
    }

    /// <summary>Before anything runs: what hours gave is not lost for want of a folder.</summary>
    [Theory]
    [InlineData("nowhere/x.svg: there is no directory", "--draw", "nowhere/x.svg")]
    [InlineData("nowhere/x.json: there is no directory", "--json=nowhere/x.json")]
    [InlineData("--seed-from: no 3 seeds follow 18446744073709551614", "--seed-from", "18446744073709551614")]
    [InlineData("headroom: Cannot parse argument 'x' for option '--seed-from': a whole number from 0 on is expected", "--seed-from", "x")]
    public void WhatCannotBeIsSaidBeforeARun(string said, params string[] options)
    {
        Outcome outcome = _headroom.Run(["torture", "raft", "--mutant", "VoteForAnyLog", "--seeds", "3", .. options]);
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldStartWith(said);
    }

    [Fact]
    public void AGroupThatCannotWorkAnswersNoAndShowsWhy()
    {
        // Three of five are gone for good when the core is healed that should make progress without them.
        Outcome outcome = _headroom.Run("torture", "raft", "--seeds", "1", "--seed-from", "3", "--seconds", "60", "--operations", "100", "--draw", "failed.svg",
            "--faults", "at 1 s crash {0-2}; at 2 s heal core {3,4}; at 2 s slow 4 by 1 ms; at 3 s slow 4 by 0 s; at 4 s heal core {3,4}");
        outcome.ExitCode.ShouldBe(4, outcome.Output);
        outcome.Errors.ShouldContain("again with: headroom torture raft --seeds 1 --seed-from 3");
        outcome.Errors.ShouldContain("crash 0");
        File.ReadAllText(_headroom.PathOf("failed.svg")).ShouldContain("<svg");
    }

    [Theory]
    [InlineData("paxos --mutant PreferOwnValue --seed-from 28 --seeds 1", "agreement", "server 4,client 7")]
    [InlineData("chain --mutant JoinEarly --seed-from 2 --seeds 1", "agreement", "server 2,registrar,client 7")]
    [InlineData("chain --mutant KeepForgetful --in-memory --seeds 30", "", "server 2,registrar")]
    [InlineData("abd --mutant StoreWithoutCompare --seeds 20", "linearizability", "server 4,client 5")]
    [InlineData("isr --mutant ElectOutsideInSync --seeds 3", "acknowledged never lost", "server 2,registrar,producer 2")]
    [InlineData("truetime --mutant ForgetDecision --seeds 3", "", "server 1.2,client 7")]
    [InlineData("raft --mutant ApplyTwice --seeds 1", "linearizability", "server 4,client 7,operator")]
    [InlineData("watch --mutant AnyPage --seeds 60", "one revision a list", "store,watcher 7")]
    public void AFailureIsPrintedAsCommandsThatReproduceItAndDrawn(string torture, string check, string roles)
    {
        Outcome outcome = _headroom.Run(["torture", .. torture.Split(' ')]);
        outcome.ExitCode.ShouldBe(4, outcome.Errors);
        string failed = Regex.Match(outcome.Errors, "seed [0-9]+: (.+?) does not hold").Groups[1].Value;
        failed.ShouldContain(check);
        MatchCollection again = Regex.Matches(outcome.Errors, "again with: headroom (.*)$", RegexOptions.Multiline);
        again.Count.ShouldBe(2);
        again[0].Value.ShouldNotContain("--faults");
        int[] counts = [.. Regex.Match(outcome.Errors, "with ([0-9]+) of ([0-9]+) faults").Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture))];
        counts[0].ShouldBeLessThan(counts[1]);
        foreach (Match command in again)
        {
            torture.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal)).ShouldAllBe(option => command.Value.Contains(option, StringComparison.Ordinal));
            Outcome rerun = _headroom.Run([.. Words(command.Groups[1].Value), "--json-to-file", "again.json"]);
            rerun.ExitCode.ShouldBe(4, command.Value + rerun.Errors);
            using var document = JsonDocument.Parse(File.ReadAllText(_headroom.PathOf("again.json")));
            JsonElement seed = document.RootElement.GetProperty("seeds").EnumerateArray().ShouldHaveSingleItem();
            seed.GetProperty("violations").EnumerateArray().Select(violation => violation.GetProperty("check").GetString()).ShouldContain(failed);
            seed.GetProperty("faults").GetInt32().ShouldBe(command == again[0] ? counts[1] : counts[0]);
        }

        string picture = Path.GetFileName(Directory.GetFiles(_headroom.Folder, "*.svg").ShouldHaveSingleItem());
        picture.ShouldBe($"{torture.Split(' ')[0]}-{Regex.Match(outcome.Errors, "--seed-from ([0-9]+)").Groups[1].Value}.svg");
        string[] labels = [.. XDocument.Load(_headroom.PathOf(picture)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        roles.Split(',').ShouldBeSubsetOf(labels);
    }

    /// <summary>As a shell parts them.</summary>
    private static IEnumerable<string> Words(string line) => Regex.Matches(line, "'([^']*)'|[^ ]+").Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value);

    [Fact]
    public void InSyncReplicasKeepWhatTheyAcknowledgedUnlessALeaderMayComeFromOutside()
    {
        string[] documents = [.. new[] { "1", "2" }.Select(threads =>
        {
            Outcome outcome = _headroom.Run("torture", "isr", "--seeds", "6", "--seed-from", "1001", "--threads", threads, "--json");
            outcome.ExitCode.ShouldBe(0, outcome.Errors);
            return outcome.Output;
        })];
        documents[0].ShouldBe(documents[1]);
        Lost(documents[0]).ShouldBe(0);
        Outcome unclean = _headroom.Run("torture", "isr", "--seeds", "6", "--seed-from", "1001", "--unclean", "--json");
        unclean.ExitCode.ShouldBe(0, unclean.Errors);
        Lost(unclean.Output).ShouldBeGreaterThan(0);

        static int Lost(string text)
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetProperty("seeds").EnumerateArray().Sum(seed => seed.GetProperty("lost").GetInt32());
        }
    }

    [Theory]
    [InlineData("abd", "answered")]
    [InlineData("paxos", "copied")]
    [InlineData("chain", "leaders")]
    [InlineData("truetime", "takenOver")]
    [InlineData("watch", "convergedMs")]
    [InlineData("chain --in-memory", "lostAllCopies")]
    public void EveryProtocolHoldsAndGivesTheSameBytesOnAnyNumberOfThreads(string protocol, string told)
    {
        string[] documents = [.. new[] { "1", "2" }.Select(threads =>
        {
            Outcome outcome = _headroom.Run(["torture", .. protocol.Split(' '), "--seeds", "4", "--operations", "300", "--threads", threads, "--json"]);
            outcome.ExitCode.ShouldBe(0, outcome.Errors);
            return outcome.Output;
        })];
        documents[0].ShouldBe(documents[1]);
        using var document = JsonDocument.Parse(documents[0]);
        document.RootElement.GetProperty("failed").GetInt32().ShouldBe(0);
        document.RootElement.GetProperty("seeds").EnumerateArray().Count(seed => seed.TryGetProperty(told, out _)).ShouldBe(4);
    }

    [Fact]
    public void MutantsThatTooFewSeedsDoNotFindAnswerNo()
    {
        Outcome outcome = _headroom.Run("torture", "paxos", "--mutants", "--seeds", "1", "--seconds", "20", "--operations", "8");
        outcome.ExitCode.ShouldBe(4, outcome.Errors);
        outcome.Output.ShouldContain("| PreferOwnValue |");
        outcome.Output.ShouldContain("| not in 1 |");
    }

    [Theory]
    [InlineData("abd", "--members", "16")]
    [InlineData("paxos", "--members", "1")]
    [InlineData("paxos", "--operations", "0")]
    [InlineData("chain", "--seconds", "5")]
    [InlineData("truetime", "--members", "5")]
    [InlineData("truetime", "--groups", "0")]
    [InlineData("watch", "--members", "1")]
    [InlineData("watch", "--members", "16")]
    [InlineData("watch", "--operations", "0")]
    [InlineData("watch", "--seconds", "20")]
    [InlineData("watch", "--faults", "at 1 s crash 99")]
    [InlineData("chain", "--threads", "0")]
    public void ImpossibleOptionsOfAnyProtocolAreTheInputsFault(string protocol, string option, string value)
    {
        Outcome outcome = _headroom.Run("torture", protocol, option, value);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        (outcome.Output + outcome.Errors).ShouldContain(option);
        outcome.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--members", "1")]
    [InlineData("--seconds", "1")]
    [InlineData("--operations", "0")]
    [InlineData("--flush", "sometimes")]
    public void ImpossibleOptionsOfInSyncReplicasAreTheInputsFault(string option, string value)
    {
        Outcome outcome = _headroom.Run("torture", "isr", option, value);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--members", "2")]
    [InlineData("--seconds", "1")]
    [InlineData("--operations", "0")]
    [InlineData("--seeds", "0")]
    [InlineData("--threads", "0")]
    [InlineData("--faults", "at 1 s crsh 0")]
    [InlineData("--faults", "at 1 s crash 0 torn at 120 %")]
    [InlineData("--faults", "at 1 s crash 5")]
    [InlineData("--faults", "at 1 s leave 0")]
    [InlineData("--faults", "swarm 2 s")]
    [InlineData("--mutant", "Nobody")]
    public void ImpossibleOptionsAreTheInputsFault(string option, string value)
    {
        Outcome outcome = _headroom.Run("torture", "raft", option, value);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldNotContain("   at ");
    }
}
