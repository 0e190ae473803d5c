using System.Diagnostics;

namespace Headroom.Cli.Tests;

/// <summary><c>headroom code</c> as a user types it.</summary>
public sealed class CodeCommandTests : IDisposable
{
    private readonly HeadroomProcess _headroom = new();

    public void Dispose() => _headroom.Dispose();

    [Fact]
    public void AFileGoesIntoShardsAndBackThroughLossDamageAndRepair()
    {
        byte[] content = Content(3_000_000);
        _headroom.Run("code", "encode", "--code", "rs", "--k", "4", "--m", "2", "--block", "100000", "--in", "content", "--out", "shards").ExitCode.ShouldBe(0);
        _headroom.Run("code", "verify", "--in", "shards").ExitCode.ShouldBe(0);

        File.Delete(_headroom.PathOf("shards/001.shard"));
        Damage("shards/004.shard", 200_000);
        Outcome verify = _headroom.Run("code", "verify", "--in", "shards");
        verify.ExitCode.ShouldBe(4);
        verify.Output.ShouldContain("shard 1: missing");
        verify.Output.ShouldContain("shard 4: 1 of 8 blocks damaged, the first in stripe 1 (004.shard)");

        _headroom.Run("code", "decode", "--in", "shards", "--out", "back").ExitCode.ShouldBe(0);
        File.ReadAllBytes(_headroom.PathOf("back")).ShouldBe(content);
        _headroom.Run("code", "repair", "--in", "shards").Output.ShouldContain("rebuilt shards 1, 4");
        _headroom.Run("code", "verify", "--in", "shards").ExitCode.ShouldBe(0);

        // What is taken for lost is not read, and comes back under the name that it had.
        File.Move(_headroom.PathOf("shards/001.shard"), _headroom.PathOf("shards/one"));
        Outcome taken = _headroom.Run("code", "repair", "--in", "shards", "--erase", "0,1");
        taken.Output.ShouldContain("shard 1: taken for lost");
        taken.Output.ShouldContain("rebuilt shards 0, 1: read 3 MB");
        Directory.GetFiles(_headroom.PathOf("shards")).Length.ShouldBe(6);
        _headroom.Run("code", "verify", "--in", "shards").ExitCode.ShouldBe(0);
        Outcome tooMany = _headroom.Run("code", "repair", "--in", "shards", "--erase", "0,1,5");
        tooMany.ExitCode.ShouldBe(2);
        tooMany.Output.ShouldContain("1 more would do");
        Outcome short1 = _headroom.Run("code", "decode", "--in", "shards", "--out", "never", "--erase", "0,1,5");
        short1.ExitCode.ShouldBe(2);
        short1.Errors.ShouldContain("1 more would do");
        File.Exists(_headroom.PathOf("never")).ShouldBeFalse();
        File.Exists(_headroom.PathOf("never.partial")).ShouldBeFalse();
    }

    /// <summary>Pipe to pipe, through the real standard input and output.</summary>
    [Fact]
    public void APipeIsEncodedAndDecodedIntoAPipe()
    {
        byte[] content = Content(700_000);
        string headroom = $"dotnet {Path.Combine(AppContext.BaseDirectory, "headroom.dll")}";
        Shell($"cat content | {headroom} code encode --code 'lrc(4,2,2)' --in - --out shards && rm shards/002.shard && {headroom} code decode --in shards --out - | cat > back").ShouldBe(0);
        File.ReadAllBytes(_headroom.PathOf("back")).ShouldBe(content);
        _headroom.Run("code", "repair", "--missing-only", "--in", "shards").Output.ShouldContain("2 per byte rebuilt");
    }

    [Fact]
    public void AKilledEncodingGoesOnAndLeavesNoFolderBefore()
    {
        byte[] content = Content(40_000_000);
        string headroom = $"dotnet {Path.Combine(AppContext.BaseDirectory, "headroom.dll")} code encode --code 'rs(4,2)' --block 4096";
        // All that was written into the pipe but its last 64 KiB was read.
        Shell($"mkfifo pipe; {headroom} --in pipe --out shards & pid=$!; exec 3>pipe; head -c 20000000 content >&3; kill -9 $pid; wait $pid; true").ShouldBe(0);
        Directory.Exists(_headroom.PathOf("shards")).ShouldBeFalse();
        Directory.Exists(_headroom.PathOf("shards.partial")).ShouldBeTrue();
        Shell($"{headroom} --in content --out shards").ShouldBe(0);
        _headroom.Run("code", "verify", "--in", "shards").ExitCode.ShouldBe(0);
        _headroom.Run("code", "decode", "--in", "shards", "--out", "back").ExitCode.ShouldBe(0);
        File.ReadAllBytes(_headroom.PathOf("back")).ShouldBe(content);
    }

    [Theory]
    [InlineData("--code: no code 'rx'", "encode", "--code", "rx", "--in", "content", "--out", "o")]
    [InlineData("--m: is missing; rs takes --k, --m", "encode", "--code", "rs", "--k", "4", "--in", "content", "--out", "o")]
    [InlineData("--d: rs has no such parameter", "encode", "--code", "rs", "--k", "4", "--m", "2", "--d", "5", "--in", "content", "--out", "o")]
    [InlineData("room for 256", "encode", "--code", "rs(250,10)", "--in", "content", "--out", "o")]
    [InlineData("nothing: there is no such file", "encode", "--code", "rs(4,2)", "--in", "nothing", "--out", "o")]
    [InlineData("there: exists already", "encode", "--code", "rs(4,2)", "--in", "content", "--out", "there")]
    [InlineData("blocks of 0 bytes", "encode", "--code", "rs(4,2)", "--in", "content", "--out", "o", "--block", "0")]
    [InlineData("there: holds no shard", "decode", "--in", "there", "--out", "o")]
    [InlineData("nowhere: there is no such folder", "decode", "--in", "nowhere", "--out", "o")]
    [InlineData("there: holds no raw shards, which are files named 0 to 5; shards with headers are read without a code", "decode", "--code", "rs(4,2)", "--in", "there", "--out", "o")]
    [InlineData("'x' is no shard", "decode", "--in", "there", "--out", "o", "--erase", "x")]
    [InlineData("--in: a raw shard holds a part of the whole content", "encode", "--raw", "--code", "rs(4,2)", "--in", "-", "--out", "o")]
    public void AMistakeIsOneLineAndExitCodeTwo(string said, params string[] arguments)
    {
        Content(1000);
        Directory.CreateDirectory(_headroom.PathOf("there"));
        Outcome outcome = _headroom.Run(["code", .. arguments]);
        outcome.ExitCode.ShouldBe(2, outcome.Output + outcome.Errors);
        outcome.Errors.ShouldContain(said);
        outcome.Errors.Trim().Split('\n').Length.ShouldBe(1);
        File.Exists(_headroom.PathOf("o")).ShouldBeFalse();
        Directory.Exists(_headroom.PathOf("o")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--k")]
    [InlineData("--block")]
    public void AWrongNumberIsNotToldAsAType(string option)
    {
        Outcome outcome = _headroom.Run("code", "encode", "--code", "rs", option, "x", "--in", "content", "--out", "o");
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("a whole number is expected");
        outcome.Errors.ShouldNotContain("System");
    }

    /// <summary>Places are named once, and an option where an option is to blame.</summary>
    [Theory]
    [InlineData("nowhere: there is no such folder", "verify", "--in", "nowhere")]
    [InlineData("nowhere/o: there is no folder ", "encode", "--code", "rs(4,2)", "--in", "content", "--out", "nowhere/o")]
    [InlineData("--erase: rs(4,2) has shards 0 to 5, not 77", "decode", "--in", "shards", "--out", "o", "--erase", "0,77")]
    [InlineData("--erase: rs(4,2) has shards 0 to 5, not 77", "decode", "--code", "rs(4,2)", "--in", "raw", "--out", "o", "--erase", "0,77")]
    [InlineData("/dev/null: is a device or a pipe, and outputs appear by renaming a file; for standard output write --out -", "decode", "--in", "shards", "--out", "/dev/null")]
    public void WhatIsToBlameIsNamedOnce(string said, params string[] arguments)
    {
        Content(1000);
        _headroom.Run("code", "encode", "--code", "rs(4,2)", "--in", "content", "--out", "shards").ExitCode.ShouldBe(0);
        _headroom.Run("code", "encode", "--code", "rs(4,2)", "--raw", "--in", "content", "--out", "raw").ExitCode.ShouldBe(0);
        Outcome outcome = _headroom.Run(["code", .. arguments]);
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldStartWith(said);
    }

    /// <summary>A disk of a few hundred kilobytes fills up: said, and nothing appears.</summary>
    [Fact]
    public void AFullDiskIsSaidAndNothingAppears()
    {
        Content(3_000_000);
        string headroom = $"dotnet {Path.Combine(AppContext.BaseDirectory, "headroom.dll")}";
        // A limit on the length of files stands in for a disk that is full: the system refuses to write just as then.
        Shell($"trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f 300; {headroom} code encode --code 'rs(4,2)' --in content --out shards 2> said").ShouldBe(2);
        File.ReadAllText(_headroom.PathOf("said")).ShouldContain("shards: ");
        Directory.Exists(_headroom.PathOf("shards")).ShouldBeFalse();
        _headroom.Run("code", "encode", "--code", "rs(4,2)", "--in", "content", "--out", "shards").ExitCode.ShouldBe(0);
        _headroom.Run("code", "verify", "--in", "shards").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void AWrongBlockIsTheOptionsFault()
    {
        Content(1000);
        Outcome run = _headroom.Run("code", "encode", "--code", "rs(4,2)", "--block", "2000000000", "--in", "content", "--out", "shards");
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldStartWith("--block: blocks of 2000000000 bytes: rs(4,2) takes 1 to ");
        run.Errors.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void RawShardsComeBackAndContradictionsAreTold()
    {
        byte[] content = Content(100_001);
        _headroom.Run("code", "encode", "--raw", "--code", "rs(4,2)", "--in", "content", "--out", "raw").ExitCode.ShouldBe(0);
        Directory.GetFiles(_headroom.PathOf("raw")).Select(file => Path.GetFileName(file)).Order().ShouldBe(["0", "1", "2", "3", "4", "5"]);
        _headroom.Run("code", "decode", "--code", "rs(4,2)", "--in", "raw", "--length", "100001", "--erase", "1,2", "--out", "back").ExitCode.ShouldBe(0);
        File.ReadAllBytes(_headroom.PathOf("back")).ShouldBe(content);

        Damage("raw/3", 5000);
        Outcome verify = _headroom.Run("code", "verify", "--code", "rs(4,2)", "--in", "raw");
        verify.ExitCode.ShouldBe(4);
        verify.Output.ShouldContain("shard 3 contradicts the others");
        _headroom.Run("code", "decode", "--code", "rs(4,2)", "--in", "raw", "--out", "wrong").ExitCode.ShouldBe(2);
        File.Exists(_headroom.PathOf("wrong")).ShouldBeFalse();
        _headroom.Run("code", "repair", "--code", "rs(4,2)", "--in", "raw", "--erase", "3").ExitCode.ShouldBe(0);
        _headroom.Run("code", "verify", "--code", "rs(4,2)", "--in", "raw").ExitCode.ShouldBe(0);

        File.WriteAllBytes(_headroom.PathOf("raw/5"), new byte[7]);
        Outcome unequal = _headroom.Run("code", "decode", "--code", "rs(4,2)", "--in", "raw", "--out", "wrong");
        unequal.ExitCode.ShouldBe(2);
        unequal.Errors.ShouldContain("shard 5 has 7 bytes");
    }

    private byte[] Content(int length)
    {
        byte[] content = new byte[length];
        uint state = 12345;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            content[i] = (byte)(state >> 24);
        }

        File.WriteAllBytes(_headroom.PathOf("content"), content);
        return content;
    }

    private void Damage(string file, int at)
    {
        using FileStream stream = File.Open(_headroom.PathOf(file), FileMode.Open);
        stream.Position = at;
        int value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 0x40));
    }

    private int Shell(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { "-c", "set -o pipefail; " + script }, WorkingDirectory = _headroom.Folder })!;
        shell.WaitForExit(120_000).ShouldBeTrue();
        return shell.ExitCode;
    }
}
