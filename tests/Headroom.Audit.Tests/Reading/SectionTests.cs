using Headroom.Audit.Reading;

namespace Headroom.Audit.Tests.Reading;

public sealed class SectionTests
{
    [Fact]
    public void ValuesAreReadWithTheirUnitsAndDefaults()
    {
        Section section = SampleKeys.Read("members: 10k\nnetwork: { loss: 0.1 %, latency: 40 ms }\nnow: push\nsurvive: 2 failures\n");
        section.Get(SampleKeys.Members).ShouldBe(10_000);
        section.Get(SampleKeys.Payload).ToString().ShouldBe("1 kB");
        section.Get(SampleKeys.Network).Get(SampleKeys.Loss).ShouldBe(0.001, 1e-15);
        section.Get(SampleKeys.Now).ToString().ShouldBe("push(3)");
        section.Get(SampleKeys.Survive).ShouldBe(2);
        section.IsGiven(SampleKeys.Payload).ShouldBeFalse();
        section.MarkOf(SampleKeys.Now).ShouldBe(new Mark("t.yaml", 3, 6));
    }

    [Theory]
    [InlineData("members: 10\npayloda: 2 kB", 2, 1, "did you mean payload?")]
    [InlineData("payload: 2 kB", 1, 1, "needs 'members'")]
    [InlineData("members: 10\npayload: 2", 2, 10, "has no unit")]
    [InlineData("members: 10\npayload: 2 ms", 2, 10, "is time")]
    [InlineData("members: 10\npayload: -2 kB", 2, 10, "cannot be below 0")]
    [InlineData("members: 10\npayload: 0 kB", 2, 10, "above zero")]
    [InlineData("members: 10\nnetwork: { loss: 120 % }", 2, 18, "between 0 % and 100 %")]
    [InlineData("members: 10\nnetwork: { los: 1 % }", 2, 12, "did you mean loss?")]
    [InlineData("members: 10\nnetwork: fast", 2, 10, "is a mapping of loss, latency")]
    [InlineData("members: ten", 1, 10, "a whole number")]
    [InlineData("members: 1.5", 1, 10, "a whole number")]
    [InlineData("members: 1", 1, 10, "between 2 and 1000000")]
    [InlineData("members: [1, 2]", 1, 10, "found a list")]
    [InlineData("members: 10\nmembers: 11", 2, 1, "stands twice")]
    [InlineData("members: 10\nnow: floding", 2, 6, "did you mean flooding?")]
    [InlineData("members: 10\nnow: push(0)", 2, 6, "between 1 and 100")]
    [InlineData("members: 10\nnow: push(2.5)", 2, 6, "a whole number")]
    [InlineData("members: 10\nnow: push(2", 2, 6, "closing parenthesis")]
    [InlineData("members: 10\nnow: rs(4)", 2, 6, "needs m")]
    [InlineData("members: 10\nnow: rs(4,2,1)", 2, 6, "at most 2 arguments")]
    [InlineData("members: 10\nnow: dictionary(3 s)", 2, 6, "is data in B")]
    [InlineData("members: 10\nmode: strem", 2, 7, "did you mean stream?")]
    [InlineData("members: 10\ninput: nowhere.txt", 2, 8, "no file nowhere.txt")]
    [InlineData("members: 10\ninput: .", 2, 8, "is a directory")]
    [InlineData("members: 10\nsample: nodir/*.log", 2, 9, "no directory nodir")]
    [InlineData("members: 10\nsample: []", 2, 9, "an empty list")]
    [InlineData("- 1\n- 2", 1, 1, "is a mapping of members")]
    [InlineData("members: &a 10", 1, 10, "anchors and aliases")]
    [InlineData("members: !!int 10", 1, 10, "tags")]
    [InlineData("members: 10\n---\nmembers: 11", 2, 1, "a second document")]
    [InlineData("members: {", 2, 1, "not YAML")]
    [InlineData("{a: 1, ? [1,2] : 3}", 1, 10, "a key is a single word")]
    [InlineData("members: 10\nnetwork:\n\tloss: 1 %", 3, 1, "a tab indents this line")]
    [InlineData("members: 10\npayload: .nan", 2, 10, "does not begin with a number")]
    [InlineData("# only\n", 1, 1, "only comments")]
    [InlineData("  \n ", 1, 1, "empty")]
    public void WhatIsWrongIsToldWithItsPlaceAndWhatWouldBeRight(string yaml, int line, int column, string told)
    {
        InputException e = Should.Throw<InputException>(() => SampleKeys.Read(yaml));
        e.Problem.ShouldContain(told);
        (e.Mark.Line, e.Mark.Column).ShouldBe((line, column), e.Message);
        e.Message.ShouldNotContain("Exception");
    }

    [Fact]
    public void NestingIsBounded() =>
        Should.Throw<InputException>(() => SampleKeys.Read("members: " + new string('[', 5000))).Problem.ShouldContain("deep");

    [Fact]
    public void BinaryFilesAreNotText()
    {
        Should.Throw<InputException>(() => TextFile.Decode([0x61, 0x0A, 0x00, 0x62], "b.yaml")).Message.ShouldBe("b.yaml:2:1: binary data; text in UTF-8 is expected");
        Should.Throw<InputException>(() => TextFile.Decode([0x61, 0x0A, 0xFF, 0x62], "b.yaml")).Message.ShouldBe("b.yaml:2:1: bytes that are not UTF-8 text");
    }

    /// <summary>A device says nothing of its length; what it gives has no end.</summary>
    [Fact]
    public void AFileWithoutAnEndIsReadUpToTheLimitOnly()
    {
        if (OperatingSystem.IsLinux())
        {
            Should.Throw<InputException>(() => TextFile.Read("/dev/zero", "zero", 1_000_000)).Message.ShouldBe("zero: more than 1,000,000 bytes; at most as many are read");
            TextFile.Read("/dev/null", "null", 10).ShouldBe("");
        }
    }
}
