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
        if (facts.Film is null && facts.Sound is null) throw new MediaException("The file has neither pictures nor sound.");
        if (facts.Film is not { } film) return;
        if (film is { Width: 0 } or { Height: 0 }) throw new MediaException($"Videos of more than {MostPixels / 1_000_000} million pixels are not supported");
        if ((long)film.Width * film.Height > MostPixels) throw new MediaException($"{film.Width}x{film.Height} videos are not supported");
        if (Math.Floor(film.Rate) > Uploading.MaxFrameRate) throw new MediaException($"{Math.Floor(film.Rate)}fps videos are not supported");
    }
}
