using System.Text.RegularExpressions;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>
/// Where the table of src/Mastodon/README.md says that an operation is answered otherwise: that the answer is in Mastodon's words, and
/// that the reason is true.
/// </summary>
public sealed class AnsweredOtherwiseTests : IAsyncLifetime
{
    private const string Missing = "Record not found";

    private static readonly Dictionary<string, (int Status, string Error)> Answers = new()
    {
        ["POST /api/v1/accounts"] = (403, "This action is not allowed"),
        ["POST /api/v1/announcements/{id}/dismiss"] = (404, Missing),
        ["PUT /api/v1/announcements/{id}/reactions/{name}"] = (404, Missing),
        ["DELETE /api/v1/announcements/{id}/reactions/{name}"] = (404, Missing),
        ["POST /api/v1/emails/confirmations"] = (403, "This method is only available to the application the user originally signed-up with"),
        ["GET /api/v1/instance/terms_of_service"] = (404, Missing),
        ["GET /api/v1/instance/terms_of_service/{date}"] = (404, Missing),
    };

    private ApiFixture api = null!;

    public static TheoryData<string> Operations => [.. Answers.Keys];

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public void Each_line_of_the_table_is_here() => Assert.Equal(
        Answers.Select(a => $"{a.Key} {a.Value.Status}").Order(StringComparer.Ordinal),
        Regex.Matches(File.ReadAllText(Path.Combine(Repository.Folder, "src", "Mastodon", "README.md")), @"^\| ([A-Z]+) \| `([^`]+)` \| answers (\d+): ", RegexOptions.Multiline)
            .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} {m.Groups[3].Value}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task It_is_answered_in_the_words_of_Mastodon(string operation)
    {
        var (status, error) = Answers[operation];
        // Signing up is for apps, before there is a user.
        var token = operation == "POST /api/v1/accounts" ? await api.TokenWith("write:accounts", byOwner: false) : ApiFixture.Token;
        var address = operation.Split(' ')[1].Replace("{id}", "1", StringComparison.Ordinal).Replace("{name}", "cow", StringComparison.Ordinal).Replace("{date}", "2026-01-01", StringComparison.Ordinal);
        var form = ApiFixture.Content(operation.StartsWith("POST", StringComparison.Ordinal)
            ? new Dictionary<string, string> { ["username"] = "eve", ["email"] = "eve@far.test", ["password"] = "correct horse", ["agreement"] = "true", ["locale"] = "en" } : null);
        var answer = await api.Send(new HttpMethod(operation.Split(' ')[0]), address, form, token, status);
        Assert.Equal(error, answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Who_is_signed_in_signs_nobody_up() => Assert.Contains(
        "client credentials", (await api.Post("/api/v1/accounts", status: 403)).GetProperty("error").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task The_reasons_are_true()
    {
        var instance = await api.Get("/api/v2/instance", token: null);
        Assert.False(instance.GetProperty("registrations").GetProperty("enabled").GetBoolean());
        Assert.Equal(1, instance.GetProperty("usage").GetProperty("users").GetProperty("active_month").GetInt32());
        Assert.Equal("", instance.GetProperty("contact").GetProperty("email").GetString());
        Assert.Null(instance.GetProperty("configuration").GetProperty("urls").GetProperty("terms_of_service").GetString());
        Assert.Empty((await api.Get("/api/v1/announcements")).EnumerateArray());
        Assert.Empty((await api.Get("/api/v1/announcements?with_dismissed=true")).EnumerateArray());
        Assert.Equal(1, api.Database.Read(c => c.Count($"SELECT count(*) FROM accounts WHERE domain = ''")));
    }
}
