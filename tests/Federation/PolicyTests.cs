using System.Text.Json;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Statuses;

namespace Calf.Tests.Federation;

/// <summary>GoToSocial's policies: who may answer, favourite and boost.</summary>
public sealed class PolicyTests : QuoteWorld
{
    private const string Nobody = "{\"canReply\":{\"always\":\"ACTOR\"},\"canLike\":{\"automaticApproval\":[\"ACTOR\"]},\"canAnnounce\":{\"always\":[\"ACTOR\"],\"approvalRequired\":[]}}";
    private const string Everybody = "{\"canReply\":{\"always\":\"as:Public\"},\"canLike\":{\"automaticApproval\":[\"as:Public\"]},\"canAnnounce\":{\"always\":[\"as:Public\"]}}";
    private const string OnAsking = "{\"canReply\":{\"manualApproval\":\"as:Public\"},\"canLike\":{\"approvalRequired\":[\"as:Public\"]},\"canAnnounce\":{\"manualApproval\":[\"as:Public\"]}}";

    [Theory]
    [Trait("Wire", "107")]
    [InlineData(Nobody, false)]
    [InlineData(Everybody, true)]
    [InlineData(OnAsking, true)]
    [InlineData("{\"canQuote\":{\"automaticApproval\":[\"ACTOR\"]}}", true)]
    [InlineData("{\"canReply\":null,\"canLike\":[],\"canAnnounce\":7}", true)]
    public async Task What_the_author_does_not_allow_is_refused_beforehand(string policy, bool allowed)
    {
        var post = await RaePosts(policy);
        Rae.Received.Clear();
        await Try(allowed, () => Alice.Get<Favouriting>().Favourite(post.Id));
        await Try(allowed, () => Alice.Get<Boosting>().Boost(post.Id));
        await Try(allowed, () => Answer(post));
        await Fediverse.Settle();
        Assert.Equal(allowed, Rae.Received.Count > 0);
        Assert.Equal(allowed ? 1 : 0, Find(post.Uri)!.FavouritesCount);
    }

    [Fact]
    [Trait("Wire", "107")]
    public async Task Whoever_is_spoken_to_may_answer()
    {
        var mention = $",\"tag\":[{{\"type\":\"Mention\",\"href\":\"{Alice.Owner.Uri}\",\"name\":\"@alice@alice.test\"}}]";
        await Answer(await RaePosts(Nobody, mention));
    }

    [Theory]
    [Trait("Wire", "107")]
    [InlineData(",\"result\":\"APPROVAL\"", "https://remote.test/users/rae/approvals/1")]
    [InlineData("", "https://remote.test/users/rae/a1")]
    [InlineData(",\"result\":\"https://third.test/approvals/1\"", null)]
    public async Task An_answer_that_was_approved_says_so(string result, string? approved)
    {
        var post = await RaePosts(OnAsking);
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        var answer = await Answer(post);
        await Fediverse.Settle();
        Rae.Received.Clear();
        await Send("a1", "Accept", Quote(answer.Uri), result.Replace("APPROVAL", $"{Rae.Actor}/approvals/1", StringComparison.Ordinal));
        Assert.Empty(Verdicts($"{Rae.Actor}/a1"));
        var updates = Rae.Received.Where(a => a.GetProperty("type").GetString() == "Update").ToList();
        if (approved is null)
        {
            Assert.Empty(updates);
            return;
        }
        Assert.Equal(approved, Assert.Single(updates).GetProperty("object").GetProperty("approvedBy").GetString());
        Assert.Contains("\"approvedBy\":", updates[0].GetProperty("@context").GetRawText());
        Assert.Null(Find(answer.Uri)!.EditedAt);
    }

    [Fact]
    [Trait("Wire", "107")]
    public async Task Only_who_was_answered_approves()
    {
        var answer = await Answer(await RaePosts(OnAsking));
        await Fediverse.Settle();
        await Send(Sam, "a1", "Accept", Quote(answer.Uri), $",\"result\":\"{Sam.Actor}/approvals/1\"");
        Assert.Empty(Alice.Database.Read(c => ReplyApprovalStore.FindMany(c, [answer.Id])));
    }

    [Fact]
    [Trait("Wire", "107")]
    public async Task A_refused_answer_leaves_a_word_and_ends_no_follow()
    {
        var answer = await Answer(await RaePosts(OnAsking));
        await Fediverse.Settle();
        await Send("r1", "Reject", Quote(answer.Uri));
        Assert.Contains("does not want your answer", Assert.Single(Verdicts(answer.Uri)).Reason);
        Assert.True(Alice.Database.Read(c => Calf.Follows.FollowStore.IsFollowing(c, Alice.Owner.Id, Known(Rae).Id)));
    }

    [Theory]
    [Trait("Wire", "107")]
    [InlineData(Visibility.Public, "https://www.w3.org/ns/activitystreams#Public")]
    [InlineData(Visibility.Private, "https://alice.test/users/alice")]
    public async Task The_owners_posts_state_their_policy_in_both_forms(Visibility visibility, string boosters)
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        Rae.Received.Clear();
        await Alice.Get<Posting>().Post(new NewStatus("hi", visibility, QuotePolicy: QuotePolicy.Followers));
        await Fediverse.Settle();
        var policy = Assert.Single(Rae.Received).GetProperty("object").GetProperty("interactionPolicy");
        string? First(string part, string form) => policy.GetProperty(part).GetProperty(form) is { ValueKind: JsonValueKind.Array } list ? Assert.Single(list.EnumerateArray()).GetString() : null;
        foreach (var form in new[] { "always", "automaticApproval" })
        {
            // "Followers" here would make GoToSocial hold back what followers answer, until an approval that never comes.
            Assert.Equal(Public, First("canReply", form));
            Assert.Equal(Public, First("canLike", form));
            Assert.Equal(boosters, First("canAnnounce", form));
        }
        Assert.Equal(visibility == Visibility.Public ? $"{Alice.Owner.Uri}/followers" : Alice.Owner.Uri, First("canQuote", "automaticApproval"));
    }

    private async Task<Status> RaePosts(string policy, string more = "")
    {
        await Publish(QuoteNote($"{more},\"interactionPolicy\":{policy.Replace("ACTOR", Rae.Actor, StringComparison.Ordinal)}"));
        return Find(Quoting)!;
    }

    private Task<Status> Answer(Status post) => Alice.Get<Posting>().Post(new NewStatus("so?", Visibility.Public, InReplyToId: post.Id));

    private static async Task Try(bool allowed, Func<Task> act)
    {
        if (allowed) await act();
        else Assert.Equal(422, (await Assert.ThrowsAsync<ActionException>(act)).Status);
    }
}
