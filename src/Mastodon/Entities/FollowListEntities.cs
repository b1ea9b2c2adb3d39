using Calf.Federation.FollowLists;

namespace Calf.Mastodon.Entities;

/// <summary>What following a list of people would do.</summary>
/// <param name="Title">As its author calls it; empty for a list in text.</param>
public sealed record FollowListPreviewEntity(string Title, IReadOnlyList<PreviewedFollowEntity> People, IReadOnlyList<SkippedLineEntity> Skipped);

/// <param name="Person">A handle or the address of a profile.</param>
/// <param name="Line">What to send back to follow them, a line of a list.</param>
/// <param name="State"><c>new</c>, <c>followed</c>, <c>requested</c>, <c>waiting</c> or <c>you</c>.</param>
/// <param name="Account">Null while they are not known here.</param>
public sealed record PreviewedFollowEntity(string Person, string Line, string State, AccountEntity? Account)
{
    public static PreviewedFollowEntity Of(PreviewedFollow p, AccountEntity? account) => new(p.Listed.Person, p.Listed.ToLine(), p.State switch
    {
        PreviewState.New => "new",
        PreviewState.Followed => "followed",
        PreviewState.Requested => "requested",
        PreviewState.Waiting => "waiting",
        _ => "you",
    }, account);
}

/// <summary>How far the lists are that were followed.</summary>
/// <param name="Done">How many were followed, or asked.</param>
public sealed record FollowListProgressEntity(int Waiting, int Done, IReadOnlyList<FailedFollowEntity> Failed)
{
    public static FollowListProgressEntity Of(FollowListProgress p) => new(p.Waiting, p.Done, [.. p.Failed.Select(f => new FailedFollowEntity(f.Person, f.Reason))]);
}

public sealed record FailedFollowEntity(string Person, string Reason);
