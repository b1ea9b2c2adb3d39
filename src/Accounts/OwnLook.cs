using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calf.Events;
using Calf.Store;

namespace Calf.Accounts;

/// <summary>How the owner wants this server's pages to look.</summary>
/// <param name="Accent">Lightness, chroma and hue for <c>oklch()</c>, separated by spaces; null for Calf's own.</param>
/// <param name="Css">Rules of the owner's; empty for none.</param>
/// <param name="UpdatedAt">Null while nothing was ever set.</param>
public sealed record Look(string? Accent, string Css, DateTimeOffset? UpdatedAt)
{
    /// <summary>The style sheet of it; empty when nothing is set.</summary>
    public string Sheet => $"{(Accent is null ? "" : $":root{{--accent:oklch({Accent})}}\n")}{Css}";
}

/// <summary>A look as it is served.</summary>
/// <param name="Hash">Changes with the bytes.</param>
public sealed record LookSheet(Look Look, byte[] Bytes, string Hash)
{
    /// <summary>Where it may be kept for ever; null when nothing is set.</summary>
    public string? Address => Bytes.Length == 0 ? null : $"{OwnLook.Path}?v={Hash}";
}

/// <summary>The look in memory, as every page asks for it.</summary>
public sealed class OwnLook : IDisposable
{
    public const string Path = "/look.css";

    private const string AccentKey = "look.accent", CssKey = "look.css", UpdatedKey = "look.updated_at";

    private readonly Database database;
    private readonly IDisposable listening;
    private volatile LookSheet? sheet;

    public OwnLook(Database database, EventHub events)
    {
        this.database = database;
        // Of the owner's account: pages that show the look are made anew when that changes, and so is this.
        listening = events.Listen(happened =>
        {
            if (happened is AccountChanged) sheet = null;
        });
    }

    public LookSheet Sheet => sheet ??= SheetOf(database.Read(Read));

    /// <summary>The caller tells, after the commit, that the owner's account changed.</summary>
    public static void Save(Connection c, Look look)
    {
        Meta.Set(c, AccentKey, look.Accent ?? "");
        Meta.Set(c, CssKey, look.Css);
        if (look.UpdatedAt is { } at) Meta.Set(c, UpdatedKey, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }

    public static Look Read(Connection c) => new(
        Meta.Get(c, AccentKey) is { Length: > 0 } accent ? accent : null, Meta.Get(c, CssKey) ?? "",
        long.TryParse(Meta.Get(c, UpdatedKey), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);

    public void Dispose() => listening.Dispose();

    internal static LookSheet SheetOf(Look look)
    {
        var bytes = Encoding.UTF8.GetBytes(look.Sheet);
        return new LookSheet(look, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6)));
    }
}
