using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Reports, out and in.</summary>
public sealed class FlagTests : RemoteWorld
{
    [Fact]
    [Trait("Wire", "102")]
    public async Task A_forwarded_report_comes_from_the_server_and_names_the_account_first()
    {
        await Follow(Rae);
        await Create("n1", "rude");
        var before = Rae.Received.Count;
        var report = await Alice.Get<Reporting>().Add(new NewReport(Known(Rae).Id, [Find($"{Rae.Actor}/n1")!.Id], "Look at this", "spam", Forward: true));
        await Fediverse.Settle();

        var flag = Assert.Single(Rae.Received.Skip(before));
        Assert.Equal("Flag", flag.GetProperty("type").GetString());
        Assert.Equal("https://alice.test/actor", flag.GetProperty("actor").GetString());
        Assert.Equal([Rae.Actor, $"{Rae.Actor}/n1"], Strings(flag.GetProperty("object")));
        Assert.Equal([Rae.Actor], Strings(flag.GetProperty("to")));
        Assert.Equal("Look at this", flag.GetProperty("content").GetString());
        Assert.Equal(report.Uri, flag.GetProperty("id").GetString());
        // Neither the body nor its signature says who complained.
        Assert.DoesNotContain(Alice.Owner.Uri, flag.GetRawText());
        Assert.Contains("https://alice.test/actor#main-key", Rae.Signatures[^1]);
    }

    [Fact]
    public async Task No_report_is_taken_from_a_domain_whose_reports_are_rejected()
    {
        await Alice.Get<DomainBlocking>().Save(new DomainWish("remote.test", DomainSeverity.None, RejectReports: true));
        await Send("r1", "Flag", Quote(Alice.Owner.Uri));
        Assert.Empty(Told());
        Assert.Contains("no reports", Assert.Single(Verdicts()).Reason);
        await Alice.Get<DomainBlocking>().Lift("remote.test");
        await Send("r2", "Flag", Quote(Alice.Owner.Uri));
        Assert.Equal(NotificationTypes.Report, Assert.Single(Told()).Type);
    }

    [Fact]
    public async Task A_report_that_is_not_to_be_forwarded_stays_here()
    {
        await Follow(Rae);
        var before = Rae.Received.Count;
        await Alice.Get<Reporting>().Add(new NewReport(Known(Rae).Id, []));
        await Fediverse.Settle();
        Assert.Equal(before, Rae.Received.Count);
    }

    [Fact]
    public async Task A_report_names_posts_of_the_reported_only()
    {
        await Follow(Rae);
        var mine = await Post("mine");
        await Assert.ThrowsAsync<ActionException>(() => Alice.Get<Reporting>().Add(new NewReport(Known(Rae).Id, [mine.Id], Forward: true)));
        await Assert.ThrowsAsync<ActionException>(() => Alice.Get<Reporting>().Add(new NewReport(Alice.Owner.Id, [mine.Id])));
        await Assert.ThrowsAsync<ActionException>(() => Alice.Get<Reporting>().Add(new NewReport(Known(Rae).Id, [], new string('x', Reporting.MaxComment + 1))));
        Assert.Empty(Alice.Database.Read(c => ReportStore.About(c, Known(Rae).Id, new Paging(10))));
    }

    [Fact]
    [Trait("Wire", "102")]
    public async Task Between_two_Calfs_a_report_reaches_the_owner_and_nobody_else()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        var post = await Post("hi");
        await Fediverse.Settle();
        var (seen, alice) = bob.Database.Read(c => (StatusStore.FindByUri(c, post.Uri)!, AccountStore.FindByUri(c, Alice.Owner.Uri)!));
        await bob.Get<Reporting>().Add(new NewReport(alice.Id, [seen.Id], "secret words", Forward: true));
        await Fediverse.Settle();

        var report = Assert.Single(Received());
        Assert.Equal([post.Id], report.StatusIds);
        Assert.Equal("secret words", report.Comment);
        Assert.Equal("https://bob.test/actor", Alice.Database.Read(c => AccountStore.Find(c, report.AccountId))!.Uri);
        Assert.Contains(Told(), n => n.Type == NotificationTypes.Report && n.ReportId == report.Id);
        foreach (var page in new[] { "/@alice", post.Uri, "/users/alice/outbox?page=true", "/users/alice", "/api/calf/v1/reports", "/api/v1/notifications", report.Uri })
        {
            using var client = Alice.Client();
            using var answer = await client.GetAsync(page, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("secret words", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [Trait("Wire", "102")]
    [InlineData("Mastodon", """["OWNER","POST"]""", "rude", 1)]
    [InlineData("Misskey", "\"OWNER\"", "Note: PAGE\nLocal Note: https://remote.test/notes/1\n-----\nrude", 1)]
    [InlineData("Lemmy", "\"POST\"", "spam", 1)]
    [InlineData("account", "\"OWNER\"", "spam", 0)]
    public async Task Each_servers_shape_is_understood(string sender, string about, string content, int statuses)
    {
        var post = await Post("hi");
        string Fill(string text) => text.Replace("OWNER", Alice.Owner.Uri, StringComparison.Ordinal).Replace("POST", post.Uri, StringComparison.Ordinal).Replace("PAGE", post.Url, StringComparison.Ordinal);
        await Send("f1", "Flag", Fill(about), $",\"content\":{JsonSerializer.Serialize(Fill(content), TestJson.Default.String)}");
        Assert.True(Received() is [var report] && report.StatusIds.Count == statuses, sender);
        Assert.Single(Told());

        await Send("f2", "Flag", Fill(about));
        Assert.Equal(2, Told().Count);
    }

    [Fact]
    [Trait("Wire", "102")]
    public async Task A_report_about_somebody_else_is_not_kept()
    {
        await Send("f1", "Flag", Quote("https://elsewhere.test/users/x"));
        Assert.Empty(Told());
        Assert.Contains("not here", Assert.Single(Verdicts()).Reason);
    }

    private List<Report> Received() => Alice.Database.Read(c => ReportStore.About(c, Alice.Owner.Id, new Paging(10)));

    private static List<string> Strings(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
