using Headroom.Kernel.Randomness;
using Headroom.Lab.Sockets;
using Headroom.Lab.Storage;

namespace Headroom.Lab.Tests.Storage;

/// <summary>What is durable comes back, what was torn is cut off, what is damaged is refused.</summary>
public sealed class DurableLogTests : IDisposable
{
    private const int Groups = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-").FullName;
    private readonly List<int> _ends = [];

    private string PathOfLog => Path.Combine(_folder, "a.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RecordsComeBackInTheirOrderLifeAfterLife()
    {
        var written = new List<byte[]>();
        for (int life = 0; life < 4; life++)
        {
            using var log = DurableLog.Open(PathOfLog, TimeProvider.System);
            log.Recovered.Select(record => record.ToArray()).ShouldBe(written);
            log.Durable.ShouldBe(written.Count);
            using var news = new AutoResetEvent(false);
            log.Start(() => news.Set());
            for (int i = 0; i < 100; i++)
            {
                written.Add(Record(written.Count));
                log.Append(written[^1]);
            }

            while (log.Durable < written.Count)
            {
                news.WaitOne();
            }

            // All that came while the disk was busy went together.
            log.Work.Flushes.ShouldBeInRange(1, 99);
            log.Appended.ShouldBe(written.Count);
        }
    }

    [Fact]
    public void ATornEndIsCutOffAndWrittenOver()
    {
        byte[] whole = Written();
        for (int length = _ends[^2]; length < _ends[^1]; length++)
        {
            File.WriteAllBytes(PathOfLog, whole[..length]);
            using (var log = DurableLog.Open(PathOfLog, TimeProvider.System))
            {
                log.Recovered.Count.ShouldBe(Groups - 1);
            }

            new FileInfo(PathOfLog).Length.ShouldBe(_ends[^2]);
        }
    }

    [Fact]
    public void ADamagedMiddleIsRefusedWithFileAndPlace()
    {
        byte[] whole = Written();
        whole[_ends[4] + 20] ^= 1;
        File.WriteAllBytes(PathOfLog, whole);
        string message = Should.Throw<LabException>(() => DurableLog.Open(PathOfLog, TimeProvider.System)).Message;
        message.ShouldStartWith(PathOfLog);
        message.ShouldContain($"byte {_ends[4]}: group 5 is damaged; a good one follows at byte {_ends[5]}");
        File.ReadAllBytes(PathOfLog).ShouldBe(whole);
    }

    [Fact]
    public void WhatIsNoLogAndWhereNoneCanBeIsSaid()
    {
        File.WriteAllText(PathOfLog, "a letter to my grandmother");
        Should.Throw<LabException>(() => DurableLog.Open(PathOfLog, TimeProvider.System)).Message.ShouldContain("this is no log");
        Should.Throw<LabException>(() => DurableLog.Open(Path.Combine(_folder, "none", "b.log"), TimeProvider.System)).Message.ShouldContain("b.log");
        Should.Throw<LabException>(() => new FlushProbe(Path.Combine(_folder, "none"), 2, TimeProvider.System)).Message.ShouldContain("none");
    }

    [Fact]
    public void ALogThatIsBegunAnewHoldsNothingOlderAndGoesOn()
    {
        Written();
        WriteAnew(more: 3);
        using (var log = DurableLog.Open(PathOfLog, TimeProvider.System))
        {
            log.Recovered.Select(record => record.ToArray()).ShouldBe(Enumerable.Range(Groups, 4).Select(Record));
            File.Exists(PathOfLog + ".new").ShouldBeFalse();
        }

        LogReading reading = LogReader.Read(PathOfLog);
        (reading.IsAnew, reading.Records.Count, reading.Damage).ShouldBe((true, 4, null));
    }

    /// <summary>What is added before the disk has its turn goes with the new beginning, and counts as durable with it.</summary>
    [Fact]
    public void RecordsThatANewBeginningOvertakesCountAsDurableWithIt()
    {
        using var log = DurableLog.Open(PathOfLog, TimeProvider.System);
        using var news = new AutoResetEvent(false);
        log.Append(Record(0));
        log.Append(Record(1));
        log.AppendAnew(Record(2));
        log.Append(Record(3));
        log.Start(() => news.Set());
        while (log.Durable < 4)
        {
            news.WaitOne(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        }

        LogReader.Read(PathOfLog).Records.Select(record => record.ToArray()).ShouldBe([Record(2), Record(3)]);
    }

    [Fact]
    public void ANewBeginningThatACrashCutOffNeverWas()
    {
        byte[] whole = Written();
        WriteAnew(more: 0);
        byte[] anew = File.ReadAllBytes(PathOfLog);
        for (int length = 0; length <= anew.Length; length++)
        {
            File.WriteAllBytes(PathOfLog, whole);
            File.WriteAllBytes(PathOfLog + ".new", anew[..length]);
            using var log = DurableLog.Open(PathOfLog, TimeProvider.System);
            log.Recovered.Count.ShouldBe(Groups);
            File.Exists(PathOfLog + ".new").ShouldBeFalse();
        }
    }

    /// <summary>Of a log's last group damage cannot be told from a crash; the state that it was begun anew with was durable before the log had its name.</summary>
    [Fact]
    public void AnyDamageOfTheStateIsRefusedEvenIfNothingFollowsIt()
    {
        Written();
        WriteAnew(more: 0);
        byte[] whole = File.ReadAllBytes(PathOfLog);
        for (int length = 1; length < whole.Length; length++)
        {
            LogReader.Read(whole.AsMemory(0, length)).Damage.ShouldNotBeNull($"{length} bytes");
        }

        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            LogReading reading = LogReader.Read(damaged);
            reading.Damage.ShouldNotBeNull($"bit {bit}");
            reading.Records.ShouldBeEmpty();
        }
    }

    private void WriteAnew(int more)
    {
        using var log = DurableLog.Open(PathOfLog, TimeProvider.System);
        using var news = new AutoResetEvent(false);
        long before = log.Durable;
        log.Start(() => news.Set());
        log.AppendAnew(Record(Groups));
        for (int i = 1; i <= more; i++)
        {
            log.Append(Record(Groups + i));
        }

        while (log.Durable < before + 1 + more)
        {
            news.WaitOne(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        }
    }

    /// <summary>Thousands of damaged files: the records given are always the first of those written, and none at all where a promised group is bad.</summary>
    [Fact]
    public void NoMutationReplaysAByteThatWasNotWrittenThere()
    {
        byte[] whole = Written();
        RandomStream random = new Seed(11).Named("mutations").Stream();
        int refused = 0;
        int cut = 0;
        for (int i = 0; i < 20_000; i++)
        {
            (byte[] mutated, int firstTouched, int lastTouched) = Mutate(whole, ref random);
            LogReading reading = LogReader.Read(mutated);
            for (int record = 0; record < reading.Records.Count; record++)
            {
                reading.Records[record].Span.SequenceEqual(Record(record)).ShouldBeTrue($"mutation {i}, record {record}");
            }

            // A group before the last whole one that was touched: good ones follow it, so it was promised.
            bool isPromised = firstTouched < _ends[^2] && lastTouched < _ends[^2];
            if (isPromised && !mutated.AsSpan().SequenceEqual(whole))
            {
                reading.Damage.ShouldNotBeNull($"mutation {i} of bytes {firstTouched} to {lastTouched}");
            }

            refused += reading.Damage is null ? 0 : 1;
            cut += reading.Damage is null && reading.TornBytes > 0 ? 1 : 0;
        }

        refused.ShouldBeGreaterThan(5000);
        cut.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void NoiseIsNoLogAndBreaksNothing()
    {
        RandomStream random = new Seed(12).Named("noise").Stream();
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = new byte[random.Below(400)];
            for (int j = 0; j < noise.Length; j++)
            {
                noise[j] = (byte)random.Below(256);
            }

            byte[] file = i % 2 == 0 ? noise : [.. Written()[..16], .. noise];
            LogReader.Read(file).Records.ShouldBeEmpty();
        }
    }

    /// <summary>Bits turned; bytes overwritten, left out, put in, doubled, cut off or appended; whole groups left out or doubled; with the first and the last byte of the original that this touches.</summary>
    private (byte[] Mutated, int First, int Last) Mutate(byte[] whole, ref RandomStream random)
    {
        int group = 1 + random.Below(Groups - 2);
        (int from, int to) = (_ends[group - 1], _ends[group]);
        int at = random.Below(whole.Length);
        int count = 1 + random.Below(Math.Min(60, whole.Length - at));
        byte[] noise = new byte[count];
        for (int i = 0; i < count; i++)
        {
            noise[i] = random.Below(3) == 0 ? (byte)0 : (byte)random.Below(256);
        }

        switch (random.Below(9))
        {
            case 0:
                byte[] turned = [.. whole];
                turned[at] ^= (byte)(1 << random.Below(8));
                return (turned, at, at);
            case 1:
                return ([.. whole[..at], .. noise, .. whole[(at + count)..]], at, at + count - 1);
            case 2:
                return ([.. whole[..at], .. whole[(at + count)..]], at, at + count - 1);
            case 3:
                return ([.. whole[..at], .. noise, .. whole[at..]], at, at);
            case 4:
                return ([.. whole[..(at + count)], .. whole[at..]], at, at + count - 1);
            case 5:
                return (whole[..at], at, whole.Length);
            case 6:
                return ([.. whole[..from], .. whole[to..]], from, to - 1);
            case 7:
                return ([.. whole[..to], .. whole[from..]], from, to - 1);
            default:
                return ([.. whole, .. noise], whole.Length, whole.Length);
        }
    }

    /// <summary>A device has no length and no end.</summary>
    [Fact]
    public void ADeviceIsNoLog()
    {
        if (OperatingSystem.IsLinux())
        {
            LogReader.Read("/dev/zero").Damage.ShouldBe("this is a device, and no log");
        }
    }

    /// <summary>A log of thirty groups of a record each, and where each ends.</summary>
    private byte[] Written()
    {
        if (_ends.Count == 0)
        {
            using var log = DurableLog.Open(PathOfLog, TimeProvider.System);
            using var news = new AutoResetEvent(false);
            log.Start(() => news.Set());
            for (int i = 0; i < Groups; i++)
            {
                log.Append(Record(i));
                while (log.Durable <= i)
                {
                    news.WaitOne();
                }

                _ends.Add((int)new FileInfo(PathOfLog).Length);
            }
        }

        return File.ReadAllBytes(PathOfLog);
    }

    private static byte[] Record(int number)
    {
        RandomStream random = new Seed(7).At(number).Stream();
        byte[] record = new byte[random.Below(50)];
        for (int i = 0; i < record.Length; i++)
        {
            record[i] = (byte)random.Below(256);
        }

        return record;
    }
}
