using Calf.Security;

namespace Calf.Tests.Security;

/// <summary>The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, with the key that stands there.</summary>
public class AwsSignatureTests
{
    private static readonly AwsSignature Signature = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    [Theory]
    [InlineData("GET", "/test.txt", "range: bytes=0-9", AwsSignature.NoBody,
        "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test%24file.text", "Date: Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class: REDUCED_REDUNDANCY", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/?lifecycle", "", AwsSignature.NoBody,
        "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/?prefix=J&max-keys=2", "", AwsSignature.NoBody,
        "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void It_signs_as_the_examples_do(string method, string path, string headers, string bodyHash, string names, string signature)
    {
        var given = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(": ")).Select(part => KeyValuePair.Create(part[0], part[1]));
        var sent = Signature.Sign(new HttpMethod(method), new Uri("https://examplebucket.s3.amazonaws.com" + path), given, bodyHash, new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal($"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={names},Signature={signature}", sent.Single(header => header.Key == "Authorization").Value);
        Assert.Equal("20130524T000000Z", sent.Single(header => header.Key == "x-amz-date").Value);
    }
}
