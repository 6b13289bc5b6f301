using System.Text;
using XtndOrleans.Connectors;
using XtndOrleans.Simulator;

namespace XtndOrleans.Tests.Connectors;

public sealed class TotpTests
{
    /// <summary>RFC 6238, appendix B: the last six of the eight digits given there.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void A_code_is_the_one_of_the_standard(long second, string code)
    {
        Assert.True(Totp.TryReadSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", out var secret));
        Assert.Equal(code, Totp.Code(secret, DateTimeOffset.FromUnixTimeSeconds(second)));
        Assert.Equal(code, OneTimeCode.At("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", second));
    }

    [Theory]
    [InlineData("JBSWY3DPEHPK3PXPJBSWY3DP", "Hello!\u00DE\u00AD\u00BE\u00EFHello")]
    [InlineData("jbsw y3dp ehpk 3pxp", "Hello!\u00DE\u00AD\u00BE\u00EF")]
    [InlineData("JBSW-Y3DP-EHPK-3PXP-JA======", "Hello!\u00DE\u00AD\u00BE\u00EFH")]
    [InlineData("JBSWY3DPEHPK3PXPJA", "Hello!\u00DE\u00AD\u00BE\u00EFH")]
    public void A_secret_is_read_as_apps_and_people_write_it(string typed, string bytes)
    {
        Assert.True(Totp.TryReadSecret(typed, out var secret));
        Assert.Equal(bytes, Encoding.Latin1.GetString(secret));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("JBSWY3DP")]
    [InlineData("JBSWY3DPEHPK3PX0")]
    [InlineData("not a secret, I fear")]
    public void What_is_no_secret_is_refused(string? typed) => Assert.False(Totp.TryReadSecret(typed, out _));
}
