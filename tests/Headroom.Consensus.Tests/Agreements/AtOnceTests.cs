using Headroom.Consensus.Agreements;
using Headroom.Kernel.Randomness;
using Headroom.Simulation.Networks;

namespace Headroom.Consensus.Tests.Agreements;

public sealed class AtOnceTests
{
    /// <summary>As a laboratory loads a group: four hundred operations due in 400 ns take long to be done, and steps of nanoseconds until then took minutes.</summary>
    [Theory]
    [InlineData("truetime(2)")]
    [InlineData("raft")]
    public void OperationsThatAreDueAtOnceAreSimulatedInTheTimeThatTheyTake(string protocol)
    {
        AgreementStrategies.TryParse(protocol, AgreementStrategies.WithTransactions, out AgreementStrategy? strategy, out _).ShouldBeTrue();
        var setting = new AgreementSetting
        {
            Places = AgreementPlaces.Uniform(6, 16, 50_000),
            Network = new NetworkOptions { Topology = Topology.Complete(2, 50_000) },
            Load = new AgreementLoad { Operations = 400, RatePerSecond = 1e9, ReadsPercent = 40, ValueBytes = 16, Keys = 16 },
            DurabilityNs = 200_000,
        };
        Should.CompleteIn(() => SimulatedAgreement.Run(strategy!, setting, new Seed(1)).Answered.ShouldBe(400), TimeSpan.FromSeconds(20));
    }
}
