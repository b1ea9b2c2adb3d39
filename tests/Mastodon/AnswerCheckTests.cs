using System.Net;
using System.Text;

namespace Calf.Tests.Mastodon;

public sealed class AnswerCheckTests
{
    private const string Json = "application/json";

    [Theory]
    [InlineData("/api/v1/timelines/home", 200, Json, """[{"id":1}]""", "Status.id: Number is not string")]
    [InlineData("/api/v1/accounts/1", 200, Json, "{}", "Account.id: missing")]
    [InlineData("/api/calf/v1/things", 200, Json, """[{"id":1}]""", "an id that is a number")]
    [InlineData("/api/calf/v1/things", 200, Json, """{"at":"2026-11-01T12:00:00Z"}""", "not a time")]
    [InlineData("/api/calf/v1/things", 200, Json, """{"emojis":[{"url":"https://far.test/cow.png"}]}""", "from another server")]
    [InlineData("/api/calf/v1/things", 200, Json, """{"avatar_static":"https://calf.test.evil.test/cow.png"}""", "from another server")]
    [InlineData("/api/v1/lists/1", 404, "text/html", "<p>Not found</p>", "not JSON")]
    [InlineData("/api/v1/lists/1", 404, Json, "{}", "no error is told")]
    [InlineData("/api/v1/lists/1", 422, Json, """{"error":""}""", "no error is told")]
    public async Task A_wrong_answer_fails_the_test_that_got_it(string path, int status, string type, string body, string complaint)
    {
        using var client = AnswerCheck.Client(new Fixed(status, type, body), new Uri("https://calf.test"));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(path, TestContext.Current.CancellationToken));
        Assert.Contains(complaint, failure.Message);
    }

    [Fact]
    public async Task An_error_of_OAuth_without_its_description_fails_the_test_that_got_it()
    {
        using var client = AnswerCheck.Client(new Fixed(400, Json, """{"error":"invalid_grant"}"""), new Uri("https://calf.test"));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.PostAsync("/oauth/token", null, TestContext.Current.CancellationToken));
        Assert.Contains("no error_description", failure.Message);
    }

    [Theory]
    [InlineData("/api/v1/timelines/home", 200, Json, "[]")]
    [InlineData("/api/v1/lists/1", 404, Json, """{"error":"Record not found"}""")]
    [InlineData("/oauth/token", 400, Json, """{"error":"invalid_grant","error_description":"The code is spent."}""")]
    [InlineData("/api/v1/streaming/health", 200, "text/plain", "OK")]
    [InlineData("/users/ann", 404, "text/html", "<p>Not found</p>")]
    public async Task A_right_answer_passes(string path, int status, string type, string body)
    {
        using var client = AnswerCheck.Client(new Fixed(status, type, body), new Uri("https://calf.test"));
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Fixed(int status, string type, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) });
    }
}
