using Calf.Statuses;

namespace Calf.Web;

/// <summary>A poll as anybody sees it: its options with their share.</summary>
internal static class PollHtml
{
    public static Html Of(Poll? poll, IReadOnlyList<CustomEmoji> emojis)
    {
        if (poll is null) return Html.Empty;
        var shown = !poll.HideTotals || poll.ClosedAt is not null;
        // Where several can be chosen the share is one of the people, not of the votes.
        var all = Math.Max(1, poll.Multiple && poll.VotersCount is { } people ? people : poll.Options.Sum(o => o.Votes));
        return Html.Of($"""
            <ul class="poll">{poll.Options.Select(o => Option(o, EmojiHtml.In(o.Title, emojis), all, shown))}</ul><p class="quiet">{Answers(poll)}{Until(poll)}</p>
            """);
    }

    private static Html Option(PollOption option, Html title, long all, bool shown)
    {
        var share = Math.Min(100, 100 * option.Votes / all);
        return shown
            ? Html.Of($"""<li><b>{share} %</b> <span dir="auto">{title}</span><meter min="0" max="100" value="{share}"></meter></li>""")
            : Html.Of($"""<li><span dir="auto">{title}</span></li>""");
    }

    private static Html Answers(Poll poll)
    {
        var count = poll.VotersCount ?? poll.Options.Sum(o => o.Votes);
        return Html.Of($"{Words.N(count, "{n} answer||to a poll", "{n} answers||to a poll")}");
    }

    private static Html Until(Poll poll) =>
        poll.ClosedAt is not null ? Html.Of($" · {Words.T("closed||a poll")}")
        : poll.ExpiresAt is { } end ? Html.Of($" · {Html.Say("open until {when}||a poll", ("when", Html.Of($"<time datetime=\"{end}\">{Words.Day(end)}</time>")))}")
        : Html.Empty;
}
