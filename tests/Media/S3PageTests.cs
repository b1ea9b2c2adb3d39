using Calf.Media;

namespace Calf.Tests.Media;

public class S3PageTests
{
    private const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix/><KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys>
        """;

    private const string Two = """
        <Contents><Key>a&amp;b.jpg</Key><LastModified>2026-10-12T17:50:30.000Z</LastModified><ETag>"fba9"</ETag><Size>434234</Size><StorageClass>STANDARD</StorageClass></Contents>
        <Contents>
          <ETag>&quot;0&quot;</ETag>
          <Size>0</Size>
          <LastModified>2026-10-13T00:00:00Z</LastModified>
          <Key>c</Key>
          <Owner><ID>7</ID><DisplayName>x</DisplayName></Owner>
        </Contents>
        """;

    [Fact]
    public void Files_are_read_in_any_order_of_their_facts()
    {
        var page = S3Page.Read($"{Head}<IsTruncated>true</IsTruncated>{Two}<NextContinuationToken>1/x+&quot;=</NextContinuationToken></ListBucketResult>")!;
        Assert.Equal([("a&b.jpg", 434234L, new DateTimeOffset(2026, 10, 12, 17, 50, 30, TimeSpan.Zero)), ("c", 0L, new DateTimeOffset(2026, 10, 13, 0, 0, 0, TimeSpan.Zero))],
            page.Files.Select(file => (file.Key, file.Bytes, file.ChangedAt)));
        Assert.Equal("1/x+\"=", page.Next);
    }

    [Fact]
    public void The_last_page_has_none_after_it_whatever_it_says() =>
        Assert.Null(S3Page.Read($"{Head}<IsTruncated>false</IsTruncated>{Two}<NextContinuationToken>x</NextContinuationToken></ListBucketResult>")!.Next);

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Welcome</body></html>")]
    [InlineData("<ListBucketResult><Contents><Key>a</Key><LastModified>2026-10-13T00:00:00Z</LastModified><Size>1</Size></Contents>")] // Broke off.
    [InlineData("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>a</Key><LastModified>then</LastModified><Size>1</Size></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>a</Key><LastModified>2026-10-13T00:00:00Z</LastModified><Size>-1</Size></Contents></ListBucketResult>")]
    public void What_is_no_whole_list_is_none(string xml) => Assert.Null(S3Page.Read(xml));
}
