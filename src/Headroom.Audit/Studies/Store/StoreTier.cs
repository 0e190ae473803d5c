namespace Headroom.Audit.Studies.Store;

/// <summary>Data of one temperature: reads of an object in a day, and its share of all data.</summary>
public sealed record StoreTier(string Name, double AccessesPerDay, double Share);
