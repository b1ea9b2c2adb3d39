using Calf.Security;

namespace Calf.Media;

/// <summary>What it takes to receive and keep files of the owner's, for the composition.</summary>
public static class UploadParts
{
    public static void AddMediaStore(this IServiceCollection services, Settings settings)
    {
        var folder = Path.Combine(settings.Data, DataFolder.Media);
        services.AddSingleton(new Staging(folder));
        services.AddSingleton(new DiskFiles(folder));
        services.AddSingleton(provider =>
        {
            var bucket = settings.Media.S3.IsSet() ? new S3Files(settings.Media.S3, provider.GetRequiredService<SafeHttpOptions>(), provider.GetRequiredService<TimeProvider>()) : null;
            return new MediaStore(provider.GetRequiredService<Staging>(), provider.GetRequiredService<DiskFiles>(), bucket, settings.Media.Store == MediaSettings.Bucket);
        });
    }

    public static void AddUploads(this IServiceCollection services)
    {
        services.AddSingleton<FilmTools>();
        services.AddSingleton<FilmMaking>();
        services.AddSingleton<FilmQueue>();
        services.AddSingleton<MediaTurn>();
        services.AddSingleton<Uploading>();
        services.AddSingleton<OwnEmojis>();
        services.AddSingleton<EmojiStills>();
        services.AddHostedService<FilmWorker>();
    }
}
