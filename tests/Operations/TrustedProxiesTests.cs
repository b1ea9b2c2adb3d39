using System.Net;
using Calf.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Calf.Tests.Operations;

public sealed class TrustedProxiesTests
{
    [Theory]
    [Trait("Wire", "119")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("::1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.1.2.3", "203.0.113.9", "203.0.113.9")]
    [InlineData("192.0.2.7", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("127.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "10.9.9.9, 203.0.113.9, 192.0.2.7, 10.1.2.3", "203.0.113.9")]
    [InlineData("127.0.0.1", "203.0.113.9, nonsense, 10.1.2.3", "10.1.2.3")]
    [InlineData("192.0.2.8", "203.0.113.9", "192.0.2.8")]
    [InlineData("198.51.100.4", "127.0.0.1", "198.51.100.4")]
    public async Task The_visitor_s_address_is_taken_from_trusted_proxies_only(string sender, string header, string expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseForwardedHeaders(TrustedProxies.Options(new Settings { TrustedProxies = ["10.0.0.0/8", "192.0.2.7"] }));
        app.Run(context => context.Response.WriteAsync($"{context.Connection.RemoteIpAddress} {context.Request.Host}"));
        await app.StartAsync(TestContext.Current.CancellationToken);

        var answer = await app.GetTestServer().SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(sender);
            context.Request.Headers["X-Forwarded-For"] = header;
            context.Request.Headers["X-Forwarded-Host"] = "evil.example";
            context.Request.Host = new HostString("calf.example");
        }, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(answer.Response.Body);
        Assert.Equal($"{expected} calf.example", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
