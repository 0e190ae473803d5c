namespace Headroom.Consensus.Chain;

/// <summary>Who answers a read.</summary>
public enum ChainReads
{
    /// <summary>The tail, as the chain's last link: a read goes down the chain as a write does.</summary>
    Chain,

    /// <summary>The tail at once [vanrenesse2004].</summary>
    Tail,

    /// <summary>Any server at once, if nothing is under way behind it; else when it has applied as much as the tail had when it was asked [terrace2009]. (There for each object; here for the whole machine.)</summary>
    Apportioned,
}
