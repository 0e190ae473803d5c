using Headroom.Kernel.Arithmetic;

namespace Headroom.Kernel.Tests.Arithmetic;

public sealed class Crc32CTests
{
    [Fact]
    public void TheChecksumIsCastagnolis() => Crc32C.Of("123456789"u8).ShouldBe(0xE3069283u);
}
