using Calf.Moderation;
using Calf.Notifications;

namespace Calf.Tests.Mastodon;

public sealed class ReportsApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_report_is_answered_as_Mastodon_does()
    {
        await api.AddStatus(100, 2);
        var report = await api.Post("/api/v1/reports", """{"account_id":"2","status_ids":["100"],"comment":"rude","category":"spam","forward":false}""");
        Assert.Equal("spam", report.GetProperty("category").GetString());
        Assert.Equal("2", report.GetProperty("target_account").GetProperty("id").GetString());
        Assert.Equal("100", report.GetProperty("status_ids")[0].GetString());
        Assert.False(report.GetProperty("forwarded").GetBoolean());
    }

    [Theory]
    [InlineData("""{"account_id":"77"}""", 404)]
    [InlineData("""{}""", 404)]
    [InlineData("""{"account_id":"1"}""", 422)]
    [InlineData("""{"account_id":"2","category":"nonsense"}""", 422)]
    [InlineData("""{"account_id":"2","status_ids":["5"]}""", 404)]
    public async Task A_report_that_cannot_be_made_is_refused(string body, int status) => await api.Post("/api/v1/reports", body, status: status);

    [Fact]
    public async Task A_received_report_is_a_notification_with_the_report()
    {
        var now = api.Clock.GetUtcNow();
        await api.Database.Write(c =>
        {
            ReportStore.Add(c, new Report(9, "https://far.test/flag/1", 2, ApiFixture.OwnerId, [], "about you", Report.Other, true, now));
            NotificationStore.Add(c, NotificationTypes.Report, 2, null, now, 9);
        });
        var told = Assert.Single((await api.Get("/api/v1/notifications")).EnumerateArray());
        Assert.Equal("admin.report", told.GetProperty("type").GetString());
        Assert.Equal("about you", told.GetProperty("report").GetProperty("comment").GetString());
        var grouped = await api.Get("/api/v2/notifications");
        Assert.Equal("about you", grouped.GetProperty("notification_groups")[0].GetProperty("report").GetProperty("comment").GetString());
        var list = await api.Get("/api/calf/v1/reports");
        Assert.Equal("2", list[0].GetProperty("account").GetProperty("id").GetString());
        await api.Get("/api/calf/v1/reports", token: null, status: 401);
    }
}
