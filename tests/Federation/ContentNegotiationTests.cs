using Calf.Federation;
using Microsoft.AspNetCore.Http;

namespace Calf.Tests.Federation;

public sealed class ContentNegotiationTests
{
    [Theory]
    [InlineData("application/activity+json")]
    [InlineData("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", application/activity+json")]
    [InlineData("application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", text/html;q=0.1")]
    [InlineData("application/activity+json, text/html")]
    [InlineData("APPLICATION/ACTIVITY+JSON; charset=utf-8")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("text/html;q=0.5, application/ld+json;q=0.9")]
    public void Servers_get_the_document(string accept) => Assert.True(Wants(accept));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8")]
    [InlineData("text/html, application/activity+json;q=0.9")]
    [InlineData("application/activity+json;q=0")]
    [InlineData("application/activity+json;q=nonsense, */*")]
    [InlineData("application/activity+jsonx")]
    [InlineData(",,;q=1,;;")]
    public void People_get_the_page(string? accept) => Assert.False(Wants(accept));

    private static bool Wants(string? accept)
    {
        var context = new DefaultHttpContext();
        if (accept is not null) context.Request.Headers.Accept = accept;
        return ContentNegotiation.WantsDocument(context.Request);
    }
}
