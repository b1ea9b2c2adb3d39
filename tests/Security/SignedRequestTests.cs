using Calf.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Calf.Tests.Security;

public class SignedRequestTests
{
    [Theory]
    [InlineData("/a%2Fb/%C3%A9?q=%20", "/a%2Fb/%C3%A9?q=%20")]
    [InlineData("", "/decoded?x=1")]
    [InlineData("http://other.example/elsewhere", "/decoded?x=1")]
    public void The_target_is_taken_as_it_stood_in_the_request_line(string raw, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = "/decoded";
        context.Request.QueryString = new QueryString("?x=1");
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = raw;

        var request = SignedRequest.From(context.Request, SignedRequests.Origin, null);

        Assert.Equal(expected, request.PathAndQuery);
        Assert.Equal(SignedRequests.Origin, request.Origin);
    }

    [Theory]
    [InlineData("https://calf.example", "calf.example", "calf.example")]
    [InlineData("https://calf.example", "Calf.Example:443", "Calf.Example:443")]
    [InlineData("https://calf.example", "calf.example:80", "calf.example")]
    [InlineData("https://calf.example", "evil.example", "calf.example")]
    [InlineData("https://calf.example", "", "calf.example")]
    [InlineData("http://localhost:8080", "localhost:8080", "localhost:8080")]
    public void The_host_that_counts_is_always_ours(string origin, string received, string expected)
    {
        var request = new SignedRequest("GET", origin, "/", new HeaderDictionary { ["Host"] = received }, null);

        Assert.Equal(expected, request.Host.ToString());
    }
}
