namespace Headroom.Coding.Erasure;

/// <summary>
/// Coefficients of three global parities that make Azure's layout maximally recoverable over GF(2^8): for every data shard a point of the field's space of three dimensions, one coordinate a parity.
///
/// With the group's local equation added to the others, losses at points p_0, p_1, … of a group (its local parity lies at the origin) leave the differences p_0 + p_i, a lost global parity
/// leaves its unit vector, and what is lost is rebuilt when all these are independent. So of any three taken together none may lie in the plane of the others: four points of a group
/// lie in no plane; no line through two points of one group is parallel to the plane of three of another; no three directions of three groups, no two with an axis, no one with two axes, lie in
/// one plane. No construction for this field is known at sizes of use: those of [gopi2020] need a field of the order of n^3.
/// These points were found by a search: group after group in turn a point off every plane that those before forbid it; the last few by trying all that were then left. The search
/// is no part of the proof: the tests go through every plane. Fewer and smaller groups keep what holds: they are the first points of the first groups.
/// </summary>
internal static class HeavyParityPoints
{
    /// <summary>For so many groups of so many points; two groups of nine come before three of six, so that the least number of groups with room is taken. What was written with them is read with them: none ever changes.</summary>
    private static readonly (int Groups, int Size, string Points)[] Found =
    [
        (2, 9, "6de96202bd22ab47a286fbe2e906ff7dc8cfbdf45f97d59bf9dab0" + "80515ec69fd35512f0ed0497145a944f7a6772d580a41ff754fc33"),
        (3, 6, "0bc5bd51f0e1852c108daa74688e5b3b6829" + "bbef7ff7e0cfb75fb87eb0c94e58ce450e60" + "e04348f734a5ac06295f8582ae8321d694ee"),
        (4, 5, "6de962ab47a20e13ff016d7f8bde04" + "80515e5512f0145a89fa8a22b3c20c" + "02bd2286fbe24646cbe4cf31345bc7" + "c69fd3ed04954f7a5690b0c0fd9965"),
        (6, 4, "0bc5bd852c0ffc334b0777aa" + "bbef7fb75fb84e58c5fb2521" + "e04348ac0629c6a26b84e3d3" + "51f0e18daa73913dc0886e4c" + "f7e0cf7eb0ca6e26f783053f" + "f734a55f856c421743814f63"),
        (9, 3, "be0df77847f2d7e48d" + "0114e3b33c433d43e9" + "e05e0b9727cd5713a8" + "422d40cb0f2a745c2d" + "7be29fefe3983b2416" + "4795f5535ca1912b5d" + "7b7a1632d377d6e130"
            + "adf1fd0719ba6e094d" + "a446ea39c5a4dfbae9"),
        (20, 2, "086385b7deff" + "79c05c160953" + "c8ac91ea2e16" + "fdbfd5a3e98d" + "2976cf8dad20" + "53aaaf37e2ae" + "b53dec132932" + "c4133dd2d2c1" + "a52eae775fe4" + "6151a12e4fef"
            + "b0667151fe30" + "2de0d3b59c27" + "5ad6dfc16e09" + "4fbc4831a8b5" + "32f31d5fdae9" + "8f27b2a91c34" + "1a3c695b18f9" + "2a620ea08594" + "57c516d60beb" + "b40debc0a4d3"),
    ];

    /// <summary>The layouts that are largest: any number of groups up to the first, of any size up to the second.</summary>
    public static IEnumerable<(int Groups, int Size)> Largest => Found.Select(found => (found.Groups, found.Size));

    /// <summary>Whether there are points for so many groups of so many data shards.</summary>
    public static bool Exist(int groups, int size) => Found.Any(found => groups <= found.Groups && size <= found.Size);

    /// <summary>The coefficient of a data shard, by its place in its group, in one of the three parities.</summary>
    public static byte Coefficient(int groups, int size, int group, int place, int parity)
    {
        (_, int room, string points) = Found.First(found => groups <= found.Groups && size <= found.Size);
        return Convert.ToByte(points.Substring(2 * ((3 * ((group * room) + place)) + parity), 2), 16);
    }
}
