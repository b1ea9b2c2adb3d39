using System.Net;
using System.Text;
using System.Text.Json;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>What cannot be answered is refused in Mastodon's words, and changes nothing.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await Furnished.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("POST", "/api/v1/statuses", """{}""", 422, "Validation failed: Text can't be blank")]
    [InlineData("POST", "/api/v1/statuses", """{"status":["x"]}""", 422, "")]
    [InlineData("POST", "/api/v1/statuses", """{"status":{"x":1}}""", 422, "")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","visibility":"everyone"}""", 422, "Validation failed: Visibility is not included in the list")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","quote_approval_policy":"everyone"}""", 422, "")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","media_ids":["9999"]}""", 422, "")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","in_reply_to_id":"9999"}""", 404, "The post you are trying to reply to does not appear to exist.")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","poll":{"options":["a"],"expires_in":3600}}""", 422, "")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","poll":{"options":["a","b"],"expires_in":"soon"}}""", 422, "")]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","scheduled_at":"tomorrow"}""", 422, "")]
    [InlineData("PUT", "/api/v1/statuses/101", """{"status":"x"}""", 404, "Record not found")]
    [InlineData("DELETE", "/api/v1/statuses/101", "", 404, "Record not found")]
    [InlineData("POST", "/api/v1/statuses/101/pin", "", 422, "Validation failed: Someone else's post cannot be pinned")]
    [InlineData("POST", "/api/v1/statuses/101/reblog", """{"visibility":"all"}""", 422, "Validation failed: Visibility is not included in the list")]
    [InlineData("POST", "/api/v1/accounts/1/follow", "", 403, "Following your own account is not allowed")]
    [InlineData("POST", "/api/v1/accounts/31/follow", "", 403, "This action is not allowed")]
    [InlineData("POST", "/api/v1/accounts/11/mute", """{"duration":"long"}""", 422, "")]
    [InlineData("POST", "/api/v1/accounts/11/mute", """{"duration":-1}""", 422, "")]
    [InlineData("POST", "/api/v1/accounts/100/pin", "", 404, "Record not found")]
    [InlineData("POST", "/api/v1/accounts/21/endorse", "", 422, "You must be already following the person you want to endorse")]
    [InlineData("POST", "/api/v1/lists/1/accounts", """{"account_ids":["21"]}""", 422, "Account must be a followed account")]
    [InlineData("POST", "/api/v1/lists/1/accounts", """{"account_ids":["11"]}""", 422, "Account is already on the list")]
    [InlineData("POST", "/api/v1/lists/1/accounts", """{"account_ids":["9999"]}""", 404, "Record not found")]
    [InlineData("PATCH", "/api/v2/notifications/policy", """{"for_new_accounts":"perhaps"}""", 422, "")]
    [InlineData("GET", "/api/v2/notifications?expand_accounts=some", "", 400, "Invalid value for 'expand_accounts'")]
    [InlineData("POST", "/api/v2/filters", """{"title":"x","context":["nowhere"]}""", 422, "Context None or invalid context supplied")]
    [InlineData("POST", "/api/v2/filters", """{"title":"x","context":["home"],"filter_action":"burn"}""", 422, "Action is not included in the list")]
    [InlineData("POST", "/api/v2/filters", """{"title":"x","context":["home"],"keywords_attributes":[{"keyword":""}]}""", 422, "Keyword can't be blank")]
    [InlineData("POST", "/api/v1/filters", """{"phrase":"x"}""", 422, "Context can't be blank")]
    [InlineData("POST", "/api/v1/reports", """{"account_id":"11","category":"dislike"}""", 422, "Category is not included in the list")]
    [InlineData("POST", "/api/v1/reports", """{"account_id":"11","status_ids":["200"]}""", 404, "Record not found")]
    [InlineData("POST", "/api/v1/featured_tags", """{"name":"no hash tag"}""", 422, "Name is invalid")]
    [InlineData("POST", "/api/v1/apps", """{"client_name":"x","redirect_uris":"https://x.test","scopes":"read fly"}""", 422, "Scopes doesn't match configured on the server.")]
    [InlineData("POST", "/api/v1/push/subscription", """{"subscription":{"endpoint":"nowhere","keys":{"p256dh":"x","auth":"y"}}}""", 422, "")]
    [InlineData("PUT", "/api/v1/scheduled_statuses/9999", """{"scheduled_at":"soon"}""", 404, "Record not found")]
    [InlineData("POST", "/api/v1/markers", """{"home":{"last_read_id":""}}""", 422, "Validation failed: Last read can't be blank")]
    [InlineData("PATCH", "/api/v1/accounts/update_credentials", """{"fields_attributes":[{"name":"","value":"x"}]}""", 422, "Fields contains values with missing labels")]
    [InlineData("POST", "/api/v1/domain_blocks", """{"domain":"no domain"}""", 422, "Validation failed")]
    [InlineData("POST", "/api/v1/reports", """{"account_id":"9999"}""", 404, "Record not found")]
    [InlineData("POST", "/api/v1/reports", "{}", 404, "")]
    [InlineData("GET", "/api/v2/search", "", 400, "param is missing or the value is empty or invalid: q")]
    [InlineData("GET", "/api/v1/accounts/lookup", "", 404, "Record not found")]
    [InlineData("GET", "/api/v1/accounts/lookup?acct=nobody@nowhere.test", "", 404, "Record not found")]
    [InlineData("PATCH", "/api/v1/accounts/update_credentials", """{"source":{"privacy":"everyone"}}""", 422, "")]
    [InlineData("POST", "/api/v1/lists", "{}", 422, "Validation failed: Title can't be blank")]
    [InlineData("POST", "/api/v1/lists", """{"title":"x","replies_policy":"some"}""", 422, "")]
    [InlineData("POST", "/api/v1/apps", "{}", 422, "Validation failed")]
    [InlineData("POST", "/api/v1/media", "", 422, "")]
    [InlineData("POST", "/api/v1/markers", "{", 400, "")]
    [InlineData("POST", "/api/v1/statuses", "{\"status\":\"\\ud800\"}", 400, "")]
    [InlineData("POST", "/oauth/token", "{", 400, "")]
    public async Task Bad_input_is_refused_and_changes_nothing(string method, string path, string body, int status, string says)
    {
        var before = StoredRows.Of(api.Database);
        var answer = await api.Send(new HttpMethod(method), path, body.Length == 0 ? null : ApiFixture.Content(body), status: status);
        Assert.Contains(says, answer.GetProperty("error").GetString());
        Assert.Equal(before, StoredRows.Of(api.Database));
    }

    [Theory]
    [InlineData("/api/v1/statuses", "{}", 422, "Der Text darf nicht leer sein")]
    [InlineData("/api/v1/lists", """{"title":"LONG"}""", 422, "Der Titel ist zu lang (höchstens 256 Zeichen)")]
    [InlineData("/api/v1/statuses/9999/favourite", "{}", 404, "Das gibt es hier nicht (mehr)")]
    public async Task What_was_wrong_is_said_in_the_language_that_was_asked_for(string path, string body, int status, string says)
    {
        using var client = api.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-AT, en;q=0.3");
        using var answer = await client.PostAsync(path, ApiFixture.Content(body.Replace("LONG", new string('a', 257), StringComparison.Ordinal)), Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(says, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("POST", "/api/v1/statuses", """{"status":"LONG"}""", "Text character limit of 5000 exceeded", 5000)]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","spoiler_text":"LONG"}""", "Text character limit of 5000 exceeded", 4999)]
    [InlineData("PUT", "/api/v1/statuses/200", """{"status":"LONG"}""", "Text character limit of 5000 exceeded", 5000)]
    [InlineData("POST", "/api/v1/statuses", """{"status":"x","poll":{"options":["a","LONG"],"expires_in":600}}""", "Choices cannot be longer than 50 characters each", 50)]
    [InlineData("POST", "/api/v1/lists", """{"title":"LONG"}""", "Title is too long (maximum is 256 characters)", 256)]
    [InlineData("POST", "/api/v2/filters", """{"title":"LONG","context":["home"]}""", "Title is too long (maximum is 256 characters)", 256)]
    [InlineData("POST", "/api/v2/filters", """{"title":"x","context":["home"],"keywords_attributes":[{"keyword":"LONG"}]}""", "Keyword is too long (maximum is 512 characters)", 512)]
    [InlineData("POST", "/api/v1/reports", """{"account_id":"11","comment":"LONG"}""", "Comment is too long (maximum is 1000 characters)", 1000)]
    [InlineData("POST", "/api/v1/accounts/11/note", """{"comment":"LONG"}""", "Comment is too long (maximum is 2000 characters)", 2000)]
    [InlineData("PATCH", "/api/v1/accounts/update_credentials", """{"display_name":"LONG"}""", "Display name is too long (maximum is 100 characters)", 100)]
    [InlineData("PATCH", "/api/v1/accounts/update_credentials", """{"note":"LONG"}""", "Note is too long (maximum is 5000 characters)", 5000)]
    [InlineData("PATCH", "/api/v1/accounts/update_credentials", """{"fields_attributes":[{"name":"x","value":"LONG"}]}""", "Field value is too long (maximum is 255 characters)", 255)]
    public async Task A_text_may_be_so_long_and_no_longer(string method, string path, string body, string says, int most)
    {
        var before = StoredRows.Of(api.Database);
        var answer = await api.Send(new HttpMethod(method), path, ApiFixture.Content(body.Replace("LONG", new string('a', most + 1), StringComparison.Ordinal)), status: 422);
        Assert.Contains(says, answer.GetProperty("error").GetString());
        Assert.Equal(before, StoredRows.Of(api.Database));
        // One character of two units is one.
        var just = new string('a', most - 1) + "😀";
        await api.Send(new HttpMethod(method), path, ApiFixture.Content(body.Replace("LONG", just, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("block")]
    [InlineData("mute")]
    public async Task Against_oneself_nothing_is_done(string verb)
    {
        var before = StoredRows.Of(api.Database);
        Assert.Equal("1", (await api.Post($"/api/v1/accounts/1/{verb}")).GetProperty("id").GetString());
        Assert.Equal(before, StoredRows.Of(api.Database));
    }

    [Theory]
    [InlineData("PATCH", "/api/v1/timelines/home", 404)]
    [InlineData("DELETE", "/api/v1/statuses", 404)]
    [InlineData("GET", "/api/v1/no/such/thing", 404)]
    [InlineData("POST", "/oauth/no-such-thing", 404)]
    [InlineData("GET", "/oauth/token", 404)]
    [InlineData("GET", "/api/", 404)]
    public async Task An_address_or_method_that_is_not_there_is_not_found_in_JSON(string method, string path, int status) =>
        await api.Send(new HttpMethod(method), path, null, status: status);

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/plain")]
    [InlineData("image/png")]
    public async Task A_body_of_another_kind_says_nothing(string type)
    {
        var before = StoredRows.Of(api.Database);
        using var body = new StringContent("status=Hello", Encoding.UTF8, type);
        await api.Send(HttpMethod.Post, "/api/v1/statuses", body, status: 422);
        Assert.Equal(before, StoredRows.Of(api.Database));
    }

    [Fact]
    public async Task Without_a_token_or_scope_nothing_is_answered_and_nothing_done()
    {
        var before = StoredRows.Of(api.Database);
        var missing = await api.Post("/api/v1/statuses", """{"status":"x"}""", token: null, status: 401);
        Assert.Equal("The access token is invalid", missing.GetProperty("error").GetString());
        var reader = await api.TokenWith("read");
        before = StoredRows.Of(api.Database);
        var outside = await api.Post("/api/v1/statuses", """{"status":"x"}""", reader, 403);
        Assert.Equal("This action is outside the authorized scopes", outside.GetProperty("error").GetString());
        var app = await api.TokenWith("read write", byOwner: false);
        before = StoredRows.Of(api.Database);
        var userless = await api.Post("/api/v1/statuses", """{"status":"x"}""", app, 422);
        Assert.Equal("This method requires an authenticated user", userless.GetProperty("error").GetString());
        Assert.Equal(before, StoredRows.Of(api.Database));
    }

    [Fact]
    public async Task A_repeated_key_is_the_same_post_for_an_hour_and_for_the_same_token()
    {
        var first = await Post("k", ApiFixture.Token);
        Assert.Equal(first, await Post("k", ApiFixture.Token));
        var other = await Post("k", await api.TokenWith("write"));
        Assert.NotEqual(first, other);
        api.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first, await Post("k", ApiFixture.Token));
        api.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(first, await Post("k", ApiFixture.Token));
    }

    private async Task<string> Post(string key, string token)
    {
        using var client = api.Client(token);
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        using var response = await client.PostAsync("/api/v1/statuses", ApiFixture.Content("""{"status":"Once"}"""), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await api.Read(response)).GetProperty("id").GetString()!;
    }
}
