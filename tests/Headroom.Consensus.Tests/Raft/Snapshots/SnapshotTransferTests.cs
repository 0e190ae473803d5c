using Headroom.Consensus.Raft.Log;
using Headroom.Consensus.Raft.Membership;
using Headroom.Consensus.Raft.Snapshots;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.Raft.Snapshots;

/// <summary>A snapshot in chunks over a link that loses, doubles and reorders them.</summary>
public sealed class SnapshotTransferTests
{
    private static readonly Configuration Members = new() { Voters = IdSet.Of([1, 2, 3]), Learners = IdSet.Of([4]) };

    [Theory]
    [InlineData(0, 1, 1000, 16, 1)]
    [InlineData(1, 30, 1000, 16, 8)]
    [InlineData(2, 60, 3000, 7, 3)]
    [InlineData(3, 0, 1, 1, 1)]
    [InlineData(4, 20, 0, 64, 4)]
    [InlineData(5, 20, 5000, 100_000, 4)]
    public void WhatComesIsWhatWasSentWhateverTheLinkDoes(ulong seed, int lossPercent, int bytes, int chunkBytes, int window)
    {
        RandomStream random = new Seed(seed).Named("link").Stream();
        RaftSnapshot snapshot = Snapshot(17, 3, bytes, ref random);
        var transfer = new SnapshotTransfer(snapshot, 2, chunkBytes, window);
        var assembly = new SnapshotAssembly();
        var onWay = new List<byte[]>();
        RaftSnapshot? whole = null;
        for (int step = 0; step < 100_000 && whole is null; step++)
        {
            while (transfer.TryTake(3, out SnapshotPart chunk, out _))
            {
                chunk.Bytes.Length.ShouldBeInRange(1, chunkBytes);
                if (random.Below(100) >= lossPercent)
                {
                    onWay.Add(Bytes(chunk, SnapshotPart.Chunk));
                }
            }

            (transfer.Sent - transfer.Received).ShouldBeLessThanOrEqualTo(Math.Max(window * chunkBytes, chunkBytes));
            if (onWay.Count == 0)
            {
                transfer.Rewind();
                continue;
            }

            int which = random.Below(onWay.Count);
            SnapshotPart.TryRead(onWay[which], out byte verb, out SnapshotPart come).ShouldBeTrue();
            verb.ShouldBe(SnapshotPart.Chunk);
            assembly.TryTake(come).ShouldBeTrue();
            if (random.Below(10) > 0)
            {
                onWay.RemoveAt(which);
            }

            int received = assembly.Received;
            whole = assembly.IsWhole ? assembly.Finish() : null;
            if (random.Below(100) >= lossPercent)
            {
                _ = transfer.TakeReceived(received);
            }
        }

        whole.ShouldNotBeNull();
        (whole.Index, whole.Term, whole.Configuration).ShouldBe((snapshot.Index, snapshot.Term, snapshot.Configuration));
        whole.Data.ToArray().ShouldBe(snapshot.Data.ToArray());
    }

    [Fact]
    public void AfterALossItGoesOnWhereItWasAndNotAnew()
    {
        RandomStream random = new Seed(9).Stream();
        var transfer = new SnapshotTransfer(Snapshot(17, 3, 10_000, ref random), 2, 100, 8);
        while (transfer.Received < 5000)
        {
            _ = transfer.TryTake(3, out _, out bool isAgain);
            isAgain.ShouldBeFalse();
            _ = transfer.TakeReceived(transfer.Sent);
        }

        while (transfer.TryTake(3, out _, out _))
        {
        }

        transfer.Rewind();
        transfer.TryTake(3, out SnapshotPart first, out bool isSecond).ShouldBeTrue();
        (first.Offset, isSecond).ShouldBe((5000, true));
    }

    [Fact]
    public void AFollowerThatLostAllBegetsABeginning()
    {
        RandomStream random = new Seed(9).Stream();
        var transfer = new SnapshotTransfer(Snapshot(17, 3, 1000, ref random), 2, 100, 2);
        _ = transfer.TryTake(3, out _, out _);
        transfer.TakeReceived(100).ShouldBeTrue();
        transfer.TakeReceived(0).ShouldBeFalse();
        transfer.Received.ShouldBe(100);
        transfer.Rewind();
        (transfer.Received, transfer.Sent).ShouldBe((0, 0));
    }

    [Fact]
    public void AnotherLeadersChunksOfTheSameSnapshotFitAndThoseOfAnotherBeginAnew()
    {
        RandomStream random = new Seed(10).Stream();
        RaftSnapshot snapshot = Snapshot(17, 3, 1000, ref random);
        var assembly = new SnapshotAssembly();
        Feed(assembly, snapshot, term: 3, untilBytes: 500);
        assembly.Received.ShouldBe(500);
        Feed(assembly, snapshot, term: 4, untilBytes: 600);
        assembly.Received.ShouldBe(600);

        // Old ones of an earlier leader are of no use; a later leader's other snapshot is.
        TryFeed(assembly, Snapshot(30, 3, 1000, ref random), term: 3).ShouldBeFalse();
        TryFeed(assembly, Snapshot(16, 3, 1000, ref random), term: 4).ShouldBeFalse();
        assembly.Received.ShouldBe(600);
        Feed(assembly, Snapshot(18, 3, 1000, ref random), term: 4, untilBytes: 100);
        (assembly.Identity.Index, assembly.Received).ShouldBe((18, 100));
    }

    [Fact]
    public void WhatTheChecksumDeniesIsNoSnapshotAndNothingIsKeptOfIt()
    {
        RandomStream random = new Seed(11).Stream();
        for (int trial = 0; trial < 200; trial++)
        {
            RaftSnapshot snapshot = Snapshot(17, 3, 300, ref random);
            var transfer = new SnapshotTransfer(snapshot, 2, 50, 100);
            var assembly = new SnapshotAssembly();
            int damaged = random.Below(6);
            for (int i = 0; transfer.TryTake(3, out SnapshotPart chunk, out _); i++)
            {
                byte[] bytes = Bytes(chunk, SnapshotPart.Chunk);
                if (i == damaged)
                {
                    bytes[^(1 + random.Below(chunk.Bytes.Length))] ^= (byte)(1 << random.Below(8));
                }

                SnapshotPart.TryRead(bytes, out _, out SnapshotPart come).ShouldBeTrue();
                assembly.TryTake(come).ShouldBeTrue();
            }

            assembly.IsWhole.ShouldBeTrue();
            assembly.Finish().ShouldBeNull();
            assembly.Received.ShouldBe(0);
        }
    }

    [Fact]
    public void PartsReadBackToThemselvesAndDamagedOnesNeverCrash()
    {
        RandomStream random = new Seed(12).Stream();
        int refused = 0;
        for (int trial = 0; trial < 30_000; trial++)
        {
            int length = 1 + random.Below(1000);
            int offset = random.Below(length);
            bool isChunk = trial % 2 == 0;
            byte[] bytes = Data(isChunk ? 1 + random.Below(length - offset) : 0, ref random);
            var part = new SnapshotPart { Term = random.Below(100), Snapshot = new SnapshotIdentity(random.Below(1000), random.Below(100), length, (uint)random.NextUInt64()), Offset = offset, Bytes = bytes };
            byte[] written = Bytes(part, isChunk ? SnapshotPart.Chunk : SnapshotPart.Received);
            SnapshotPart.TryRead(written, out byte verb, out SnapshotPart read).ShouldBeTrue();
            (verb == SnapshotPart.Chunk, read.Term, read.Snapshot, read.Offset).ShouldBe((isChunk, part.Term, part.Snapshot, part.Offset));
            read.Bytes.SequenceEqual(bytes).ShouldBeTrue();

            written[random.Below(written.Length)] = (byte)random.Below(256);
            bool isRead = SnapshotPart.TryRead(written.AsSpan(0, random.Below(written.Length + 1)), out _, out SnapshotPart damaged);
            refused += isRead ? 0 : 1;
            if (isRead)
            {
                (damaged.Offset + damaged.Bytes.Length).ShouldBeLessThanOrEqualTo(damaged.Snapshot.Length);
                // Whatever it claims, no more room is made than it brought.
                _ = new SnapshotAssembly().TryTake(damaged);
            }
        }

        refused.ShouldBeInRange(5000, 29_000);
    }

    private static void Feed(SnapshotAssembly assembly, RaftSnapshot snapshot, long term, int untilBytes)
    {
        var transfer = new SnapshotTransfer(snapshot, 2, 100, 100);
        while (transfer.Sent < untilBytes && transfer.TryTake(term, out SnapshotPart chunk, out _))
        {
            assembly.TryTake(chunk).ShouldBeTrue();
        }
    }

    private static bool TryFeed(SnapshotAssembly assembly, RaftSnapshot snapshot, long term)
    {
        new SnapshotTransfer(snapshot, 2, 100, 100).TryTake(term, out SnapshotPart chunk, out _).ShouldBeTrue();
        return assembly.TryTake(chunk);
    }

    private static byte[] Bytes(in SnapshotPart part, byte verb)
    {
        byte[] room = new byte[SnapshotPart.HeadBytesMax + part.Bytes.Length];
        return room[..part.Write(room, verb)];
    }

    private static RaftSnapshot Snapshot(long index, long term, int bytes, ref RandomStream random) => new(index, term, Members, Data(bytes, ref random));

    private static byte[] Data(int length, ref RandomStream random)
    {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++)
        {
            data[i] = (byte)random.Below(256);
        }

        return data;
    }
}
