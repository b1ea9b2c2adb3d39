using System.Globalization;
using Calf.Accounts;
using Calf.Events;
using Calf.Mastodon.Entities;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The colour and the rules that the owner gives this server's pages. Nothing in the rules can load from elsewhere: the pages' policy forbids that.</summary>
public static class LookApi
{
    private const string Path = "/api/calf/v1/look";

    private const int MaxCss = 20_000;

    /// <summary>In this range writing on it, and it as writing, can be read.</summary>
    private const double LeastLightness = 0.4, MostLightness = 0.75;

    private const double MostChroma = 0.2, MostHue = 360;

    /// <summary>What rules must not hold, in any case, with what to do about it.</summary>
    private static readonly (string Text, string Advice)[] Forbidden =
    [
        ("\0", "The CSS holds a NUL character. Take it out."),
        ("</style", "The CSS holds </style, which belongs to HTML. Give the rules alone."),
        ("@import", "The CSS holds @import, and nothing is loaded from elsewhere. Put those rules here instead."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Handle<OwnLook>(Show)).RequireScope("read:accounts");
        routes.MapPut(Path, Handle<Database, Owner, EventHub, TimeProvider>(Change)).RequireScope("write:accounts");
    }

    private static IResult Show(ApiRequest request, OwnLook look) => Answer(look.Sheet);

    private static async Task<IResult> Change(ApiRequest request, Database database, Owner owner, EventHub events, TimeProvider time)
    {
        var p = request.Parameters;
        var accent = p.Has("accent") ? Accent(p.Text("accent")) : null;
        var css = p.Has("css") ? Css(p.Text("css") ?? "") : null;
        var look = await database.Write(c =>
        {
            var before = OwnLook.Read(c);
            var after = new Look(p.Has("accent") ? accent : before.Accent, css ?? before.Css, time.GetUtcNow());
            OwnLook.Save(c, after);
            c.AfterCommit(() => events.Publish(new AccountChanged(owner.Id)));
            return after;
        });
        return Answer(OwnLook.SheetOf(look));
    }

    private static IResult Answer(LookSheet sheet) =>
        Answers.Json(new LookEntity(sheet.Look.Accent, sheet.Look.Css, sheet.Look.UpdatedAt, sheet.Address), MastodonJson.Api.LookEntity);

    /// <summary>Null for none; else the numbers as CSS reads them, whatever way they were written.</summary>
    private static string? Accent(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var numbers = Array.ConvertAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            part => double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
        return numbers is [>= LeastLightness and <= MostLightness, >= 0 and <= MostChroma, >= 0 and <= MostHue]
            ? string.Join(' ', numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)))
            : throw ApiException.Invalid(string.Create(CultureInfo.InvariantCulture,
                $"The accent is three numbers with spaces: lightness from {LeastLightness} to {MostLightness}, chroma from 0 to {MostChroma}, hue from 0 to {MostHue}. Such as 0.62 0.14 45."));
    }

    private static string Css(string css)
    {
        if (css.Length > MaxCss) throw ApiException.Invalid(Words.T("The CSS has {length} characters, and {most} are the most. Make it shorter.", ("length", Words.Digits(css.Length)), ("most", Words.Digits(MaxCss))));
        var wrong = Array.Find(Forbidden, f => css.Contains(f.Text, StringComparison.OrdinalIgnoreCase));
        return wrong.Text is null ? css : throw ApiException.Invalid(wrong.Advice);
    }
}
