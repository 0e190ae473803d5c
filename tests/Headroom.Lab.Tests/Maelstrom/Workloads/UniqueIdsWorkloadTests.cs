using System.Text.Json;
using Headroom.Lab.Maelstrom.Workloads;

namespace Headroom.Lab.Tests.Maelstrom.Workloads;

public sealed class UniqueIdsWorkloadTests
{
    [Theory]
    [InlineData(true, "7", "8")]
    [InlineData(true, "7", "\"7\"")]
    [InlineData(true, "[1,2]", "[2,1]")]
    [InlineData(false, "7", "7")]
    [InlineData(false, "\"a\"", "\"b\"", "\"a\"")]
    public void NoIdentityIsGivenOutTwice(bool valid, params string[] ids) => Judged(ids).IsValid.ShouldBe(valid);

    [Fact]
    public void LongIdentitiesThatDifferAtTheirEndsAreDifferent()
    {
        string beginning = new('x', 500);
        Judged($"\"{beginning}1\"", $"\"{beginning}2\"").IsValid.ShouldBeTrue();
        WorkloadCheck twice = Judged($"\"{beginning}1\"", $"\"{beginning}1\"");
        twice.IsValid.ShouldBeFalse();
        twice.Problems.ShouldHaveSingleItem().ShouldStartWith("n3 gave out ");
    }

    [Fact]
    public void WithoutAnyNothingIsKnown() => Judged().Problems.ShouldBe(["no identity was given out"]);

    private static WorkloadCheck Judged(params string[] ids)
    {
        var workload = new UniqueIdsWorkload();
        foreach (string id in ids)
        {
            using var body = JsonDocument.Parse($$"""{"type":"generate_ok","id":{{id}}}""");
            object? answer = workload.Decode("generate_ok", body.RootElement, out string problem);
            problem.ShouldBeEmpty();
            workload.Completed(new Operation { Function = "generate", IsFinal = false, Node = 3, Status = OperationStatus.Succeeded }, answer, 0, 0);
        }

        return workload.Check();
    }
}
