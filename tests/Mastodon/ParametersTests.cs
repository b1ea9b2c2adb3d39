using System.Text;
using Calf.Mastodon;
using Microsoft.AspNetCore.Http;

namespace Calf.Tests.Mastodon;

public sealed class ParametersTests
{
    private const string Form = "status=Hi&media_ids[]=1&media_ids[]=2&source[privacy]=private&fields_attributes[0][name]=A&fields_attributes[0][value]=1&fields_attributes[1][name]=B&sensitive=on";
    private const string Json = """{"status":"Hi","media_ids":["1",2],"source":{"privacy":"private"},"fields_attributes":[{"name":"A","value":"1"},{"name":"B"}],"sensitive":true}""";
    private const string NumberedJson = """{"status":"Hi","media_ids":["1","2"],"source":{"privacy":"private"},"fields_attributes":{"0":{"name":"A","value":"1"},"1":{"name":"B"}},"sensitive":1}""";
    private const string UnnumberedForm = "status=Hi&media_ids[0]=1&media_ids[1]=2&source[privacy]=private&fields_attributes[][name]=A&fields_attributes[][value]=1&fields_attributes[][name]=B&sensitive=true";

    [Theory]
    [InlineData("application/x-www-form-urlencoded", Form)]
    [InlineData("application/x-www-form-urlencoded", UnnumberedForm)]
    [InlineData("application/json", Json)]
    [InlineData("application/json; charset=utf-8", NumberedJson)]
    public async Task All_spellings_mean_the_same(string contentType, string body)
    {
        var read = await RequestBody.Read(Request(contentType, body));
        Assert.Equal("Hi", read.Text("status"));
        Assert.Equal(["1", "2"], read.List("media_ids"));
        Assert.Equal("private", read.Text("source[privacy]"));
        Assert.True(read.Bool("sensitive"));
        Assert.Equal(["A", "B"], read.Rows("fields_attributes").Select(row => row.Text("name")));
        Assert.Equal(["1", null], read.Rows("fields_attributes").Select(row => row.Text("value")));
        Assert.Null(read.Text("absent"));
        Assert.Empty(read.List("absent"));
    }

    [Fact]
    public async Task The_query_is_read_as_well()
    {
        var request = Request("application/json", """{"a":"1"}""");
        request.QueryString = new QueryString("?b=2&a=0");
        var read = await RequestBody.Read(request);
        Assert.Equal("1", read.Text("a"));
        Assert.Equal("2", read.Text("b"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"\\ud800")]
    public async Task Broken_JSON_is_refused(string body)
    {
        var refused = await Assert.ThrowsAsync<ApiException>(() => RequestBody.Read(Request("application/json", body)));
        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task A_body_with_too_many_parameters_is_refused()
    {
        var body = "{\"a\":[" + string.Join(',', Enumerable.Repeat("1", 5000)) + "]}";
        await Assert.ThrowsAsync<ApiException>(() => RequestBody.Read(Request("application/json", body)));
    }

    private static HttpRequest Request(string contentType, string body)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = contentType;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }
}
