using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Calf.Security;

namespace Calf.Tests.Security;

public sealed class WebPushEncryptionTests
{
    [Fact]
    public void The_example_of_the_standard_is_met_byte_for_byte()
    {
        // RFC 8291, section 5 and appendix A.
        using var own = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            Q = Point("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"),
        });

        var push = WebPushEncryption.Encrypt(
            Encoding.UTF8.GetBytes("When I grow up, I want to be a watermelon"),
            Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Bytes("BTBZMqHH6r4Tts7J_aSIgg"), own, Bytes("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(push.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")]
    public void What_is_no_point_on_the_curve_is_no_key(string key) => Assert.False(WebPushEncryption.IsKey(Bytes(key)));

    [Fact]
    public void A_token_says_for_whom_it_is_until_when_and_is_signed()
    {
        using var key = VapidKey.Import(VapidKey.Generate().Export());

        var parts = key.Token(new Uri("https://push.test:8443/send/1?x"), "https://calf.test", DateTimeOffset.FromUnixTimeSeconds(1_000_000)).Split('.');

        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Encoding.UTF8.GetString(Bytes(parts[0])));
        Assert.Equal("""{"aud":"https://push.test:8443","exp":1043200,"sub":"https://calf.test"}""", Encoding.UTF8.GetString(Bytes(parts[1])));
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(key.PublicKey) });
        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256));
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    private static ECPoint Point(string text) => new() { X = Bytes(text)[1..33], Y = Bytes(text)[33..65] };
}
