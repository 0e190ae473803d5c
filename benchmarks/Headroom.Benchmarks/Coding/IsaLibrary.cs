using System.Runtime.InteropServices;

namespace Headroom.Benchmarks.Coding;

/// <summary>The peer: Intel's ISA-L as the system has it (Debian's libisal2), with its Cauchy matrix. Absent, comparisons with it are left out.</summary>
internal static unsafe partial class IsaLibrary
{
    private const string Library = "libisal.so.2";
    private const int TableBytes = 32;

    private static readonly Lazy<bool> Loaded = new(() => NativeLibrary.TryLoad(Library, out _));

    public static bool IsPresent => Loaded.Value;

    /// <summary>Encodes shards at these addresses, data first, again and again.</summary>
    public static Action<int> Encoder(int dataShards, int parityShards, int shardBytes, nint[] shards)
    {
        byte[] matrix = new byte[(dataShards + parityShards) * dataShards];
        byte[] tables = GC.AllocateArray<byte>(TableBytes * dataShards * parityShards, pinned: true);
        nint[] places = GC.AllocateArray<nint>(shards.Length, pinned: true);
        shards.CopyTo(places, 0);
        fixed (byte* rows = matrix)
        fixed (byte* compiled = tables)
        {
            CauchyMatrix(rows, dataShards + parityShards, dataShards);
            InitTables(dataShards, parityShards, rows + (dataShards * dataShards), compiled);
        }

        return times =>
        {
            fixed (byte* compiled = tables)
            fixed (nint* place = places)
            {
                for (int i = 0; i < times; i++)
                {
                    Encode(shardBytes, dataShards, parityShards, compiled, (byte**)place, (byte**)(place + dataShards));
                }
            }
        };
    }

    [LibraryImport(Library, EntryPoint = "gf_gen_cauchy1_matrix")]
    private static partial void CauchyMatrix(byte* matrix, int rows, int columns);

    [LibraryImport(Library, EntryPoint = "ec_init_tables")]
    private static partial void InitTables(int columns, int rows, byte* matrix, byte* tables);

    [LibraryImport(Library, EntryPoint = "ec_encode_data")]
    [SuppressGCTransition]
    private static partial void Encode(int length, int sources, int outputs, byte* tables, byte** data, byte** parities);
}
