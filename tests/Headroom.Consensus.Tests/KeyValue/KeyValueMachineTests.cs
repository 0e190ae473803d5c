using Headroom.Consensus.KeyValue;
using Headroom.Kernel.Randomness;

namespace Headroom.Consensus.Tests.KeyValue;

public sealed class KeyValueMachineTests
{
    [Fact]
    public void CommandsDoWhatTheyAreCalled()
    {
        var machine = new KeyValueMachine();
        Ask(machine, new(KeyValueVerb.Get, 3)).ShouldBe([0]);
        Ask(machine, new(KeyValueVerb.Append, 3, 7)).ShouldBe([]);
        Ask(machine, new(KeyValueVerb.Append, 3, 8)).ShouldBe([]);
        Ask(machine, new(KeyValueVerb.Get, 3)).ShouldBe([1, 2, 7, 8]);
        Ask(machine, new(KeyValueVerb.CompareAndSet, 3, 9, 7)).ShouldBe([0]);
        Ask(machine, new(KeyValueVerb.Put, 3, 5)).ShouldBe([]);
        Ask(machine, new(KeyValueVerb.CompareAndSet, 3, 9, 5)).ShouldBe([1]);
        Ask(machine, new(KeyValueVerb.Get, 3)).ShouldBe([1, 1, 9]);
    }

    [Fact]
    public void FillingComesBackWithItsValue()
    {
        var machine = new KeyValueMachine();
        Ask(machine, new(KeyValueVerb.Put, 3, 7, Filling: 200));
        Ask(machine, new(KeyValueVerb.Get, 3)).ShouldBe([1, 1, 7, 0xC8, 1, .. new byte[200]]);
        Ask(machine, new(KeyValueVerb.Append, 3, 8, Filling: 2));
        Ask(machine, new(KeyValueVerb.Get, 3)).Length.ShouldBe(4 + 2 + 202);
        Ask(machine, new(KeyValueVerb.Put, 3, 9));
        Ask(machine, new(KeyValueVerb.Get, 3)).ShouldBe([1, 1, 9]);
        // A filling of nothing would be a second form of the same command.
        KeyValueCommand.TryRead([1, 3, 7, 0, 0], out _).ShouldBeFalse();
        KeyValueCommand.TryRead([1, 3, 7, 0, 2, 0], out _).ShouldBeFalse();
        KeyValueCommand.TryRead([1, 3, 7, 0, 2, 0, 0], out KeyValueCommand filled).ShouldBeTrue();
        filled.Filling.ShouldBe(2);
    }

    [Fact]
    public void ASavedStateIsTheWholeState()
    {
        RandomStream random = new Seed(2).Named("machine").Stream();
        var machine = new KeyValueMachine();
        for (int i = 0; i < 500; i++)
        {
            Ask(machine, Draw(ref random));
        }

        var copy = new KeyValueMachine();
        copy.Load(machine.Save());
        copy.Save().ShouldBe(machine.Save());
        for (int i = 0; i < 500; i++)
        {
            KeyValueCommand command = Draw(ref random);
            Ask(copy, command).ShouldBe(Ask(machine, command));
        }
    }

    [Fact]
    public void BytesThatAreNoCommandDoNothing()
    {
        RandomStream random = new Seed(3).Named("noise").Stream();
        var machine = new KeyValueMachine();
        byte[] before = machine.Save();
        for (int i = 0; i < 2000; i++)
        {
            byte[] noise = [(byte)(4 + random.Below(252)), (byte)random.Below(256), (byte)random.Below(256)];
            machine.Apply(noise).Length.ShouldBe(0);
            machine.Query(noise).Length.ShouldBe(0);
        }

        machine.Save().ShouldBe(before);
    }

    private static KeyValueCommand Draw(ref RandomStream random) => new((KeyValueVerb)random.Below(4), random.Below(30), 1 + random.Below(5), 1 + random.Below(5), random.Bernoulli(0.5) ? random.Below(300) : 0);

    private static byte[] Ask(KeyValueMachine machine, KeyValueCommand command)
    {
        byte[] room = new byte[command.LengthMax];
        return machine.Apply(room.AsSpan(0, command.Write(room))).ToArray();
    }
}
