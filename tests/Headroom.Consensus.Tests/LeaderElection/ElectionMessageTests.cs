using Headroom.Consensus.LeaderElection;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.LeaderElection;

public sealed class ElectionMessageTests
{
    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Span<byte> room = stackalloc byte[ElectionMessage.Bytes];
        foreach (ElectionVerb verb in Enum.GetValues<ElectionVerb>())
        {
            var message = new ElectionMessage(verb, long.MaxValue - 3, ElectionMessage.PhaseMax, 1, 1 << 30);
            message.Write(room);
            ElectionMessage.TryRead(room, out ElectionMessage read).ShouldBeTrue();
            read.ShouldBe(message);
        }
    }

    [Fact]
    public void WhatNoMemberWritesIsRefused()
    {
        byte[] good = new byte[ElectionMessage.Bytes];
        new ElectionMessage(ElectionVerb.Candidate, 5).Write(good);
        ElectionMessage.TryRead(good, out _).ShouldBeTrue();
        ElectionMessage.TryRead([], out _).ShouldBeFalse();
        ElectionMessage.TryRead(good.AsSpan(1), out _).ShouldBeFalse();
        ElectionMessage.TryRead([.. good, 0], out _).ShouldBeFalse();
        foreach ((int at, byte value) in ((int, byte)[])[(0, 0), (0, 6), (8, 0x80), (9, ElectionMessage.PhaseMax + 1), (10, 2), (14, 0x80)])
        {
            byte[] bad = [.. good];
            bad[at] = value;
            ElectionMessage.TryRead(bad, out _).ShouldBeFalse($"byte {at} is {value}");
        }
    }

    [Fact]
    public void RandomBytesAreReadOrRefusedAndWhatIsReadWritesTheSame()
    {
        RandomStream random = new Seed(2).Named("bytes").Stream();
        byte[] bytes = new byte[ElectionMessage.Bytes];
        byte[] again = new byte[ElectionMessage.Bytes];
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] = (byte)random.Below(at is 0 or 10 ? 4 : at is 9 ? 40 : 256);
            }

            if (ElectionMessage.TryRead(bytes, out ElectionMessage message))
            {
                message.Write(again);
                again.ShouldBe(bytes);
                read++;
            }
        }

        read.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void SettingsThatNameNoElectionAreRefused()
    {
        foreach (LeaderElectionStrategy strategy in LeaderElectionRegistry.All)
        {
            Should.Throw<ArgumentException>(() => strategy.Run(new LeaderElectionSetting { Identifiers = [] }));
            Should.Throw<ArgumentException>(() => strategy.Run(new LeaderElectionSetting { Identifiers = [1, 1] }));
            Should.Throw<ArgumentException>(() => strategy.Run(new LeaderElectionSetting { Identifiers = [-1, 1] }));
            Should.Throw<ArgumentException>(() => strategy.Run(new LeaderElectionSetting { Identifiers = [1, 2], Suspicions = [(0, 2)] }));
        }

        LeaderElectionRegistry.All.Select(strategy => strategy.Name).Distinct().Count().ShouldBe(LeaderElectionRegistry.All.Count);
    }
}
