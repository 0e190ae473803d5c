using Headroom.Consensus.KeyValue;

namespace Headroom.Consensus.Agreements;

/// <summary>Clients of the replicated store under a setting's load.</summary>
internal static class StoreClients
{
    public static KeyValueClientOptions Options(AgreementSetting setting, int client, long warmUpNs, long loadNs)
    {
        int warmUps = setting.WarmUpsOf(client);
        return new KeyValueClientOptions
        {
            Servers = setting.Servers,
            Operations = warmUps + setting.OperationsOf(client),
            Keys = setting.Load.Keys,
            StartNs = warmUps > 0 ? warmUpNs : loadNs,
            WarmUps = warmUps,
            LoadNs = loadNs,
            PeriodNs = setting.PeriodNs(setting.OperationsOf(client)),
            ValueBytes = setting.Load.ValueBytes,
            TimeoutNs = setting.TimeoutNs,
            TimeoutsMax = int.MaxValue,
            GetsPercent = setting.Load.ReadsPercent,
            PutsPercent = 100 - setting.Load.ReadsPercent,
            AppendsPercent = 0,
            FirstServer = 0,
        };
    }
}
