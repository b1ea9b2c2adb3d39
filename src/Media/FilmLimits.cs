namespace Calf.Media;

/// <summary>What films may be.</summary>
public static class FilmLimits
{
    /// <summary>Of one picture; ffmpeg looks at none that is larger.</summary>
    public const int MostPixels = Uploading.MaxFilmPixels;

    /// <summary>The most that ffmpeg may ask for at once, in bytes.</summary>
    public const int MostAlloc = 256 * 1024 * 1024;

    /// <summary>In bytes; as much as can be sent.</summary>
    public const int MostMade = Uploading.MaxFileBytes;

    /// <exception cref="MediaException">There is more than players of apps can show, said in Mastodon's words; or there is nothing.</exception>
    public static void Demand(FilmFacts facts)
    {
        if (facts.Film is null && facts.Sound is null) throw new MediaException(Words.T("The file has neither pictures nor sound."));
        if (facts.Film is not { } film) return;
        if (film is { Width: 0 } or { Height: 0 }) throw new MediaException(Words.T("Videos of more than {most} million pixels are not supported", ("most", Words.Digits(MostPixels / 1_000_000))));
        if ((long)film.Width * film.Height > MostPixels) throw new MediaException(Words.T("{width}x{height} videos are not supported", ("width", Words.Digits(film.Width)), ("height", Words.Digits(film.Height))));
        if (Math.Floor(film.Rate) > Uploading.MaxFrameRate) throw new MediaException(Words.T("{rate}fps videos are not supported", ("rate", Words.Digits((long)film.Rate))));
    }
}
