namespace Calf.Media;

/// <summary>What it takes to receive files of the owner's, for the composition.</summary>
public static class UploadParts
{
    public static void AddUploads(this IServiceCollection services)
    {
        services.AddSingleton<FilmTools>();
        services.AddSingleton<FilmMaking>();
        services.AddSingleton<FilmQueue>();
        services.AddSingleton<MediaTurn>();
        services.AddSingleton<Uploading>();
        services.AddSingleton<OwnEmojis>();
        services.AddHostedService<FilmWorker>();
    }
}
